"""Which words are names, where their letters do not say so.

Belongs here: weighing what the language model's list of words, known actors and places, first names, titles and the
words around say. Does not belong here: finding the words and writing them (`casing.py`).

A chain of two states, name or not, is decoded with the Viterbi algorithm: names come in runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from seeds.actors import fold_name
from seeds.gazetteer_names import without_kind
from seeds.names import load_name_words
from seeds.roles import find_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.word_forms import WordForms

Shape = Literal["small", "name", "acronym"]
"""How a word is written: `police`, `Kabul`, `NATO`."""

_BIAS = -1.0
"""The list of words counts headlines, where plain words have capitals too."""
_TOGETHER = 1.0
"""What it adds to the log odds of a word that the word beside it is a name."""
_NAMING = 1.0
"""What more it adds to words such as `ministry` and `river`, which end names."""
_SEEN = 1.0
"""What it adds that the article has the word in a longer name."""
_KNOWN = 8.0
_KNOWN_WORD = 2.0
_LONGEST_NAME = 6
_PLAUSIBLE = -2.0
"""Log odds that the first and last word of a place's name must have; somewhere `of the` is a hamlet."""
_KNOWN_TOWN = 15_000
_LONGEST_TITLE = 3
_LONGEST_ACRONYM = 8
_ACRONYM_ODDS = -1.5
"""Log odds below which the letters of an acronym are a common word: `who`, `is`."""
_FUNCTION_WORDS = frozenset("the of and for in on at to a an by from".split())
_OPENING_PARTICLES = frozenset("la las los el al van von da".split())
"""Small words within names that may begin the name of a place too, as in `El Salvador`."""
_PARTICLES = _FUNCTION_WORDS | _OPENING_PARTICLES | frozenset("de del das do dos di du der den bin ibn ul".split())
_MONTHS = frozenset({"may", "march"})
_MONTH_LEADS = frozenset({"in", "since", "until", "last", "next", "of", "by", "late", "early", "mid"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, how it reads in lower case without ending, and what stands around it.

    Attributes:
        opens: it begins a sentence.
        follows: only a space or a hyphen stands between it and the word before, which is no possessive.
        numbered: it is the rest of a number such as `76th`.
        dated: a number stands beside it.
        bracketed: it stands in brackets by itself.
    """

    start: int
    end: int
    plain: str
    opens: bool
    follows: bool
    numbered: bool
    dated: bool
    bracketed: bool


class NameFinder:
    """Tells the names among the words of one text."""

    def __init__(self, knowledge: Knowledge, forms: WordForms) -> None:
        """Take what is known of the world and of words."""
        self._knowledge = knowledge
        self._forms = forms

    def shapes(self, words: Sequence[Word]) -> list[Shape]:
        """Return how each word is written, the first of a sentence as if it stood within."""
        odds = self._odds(words)
        names = _best_path(odds, words)
        seen = self._parts_of_names(words, names)
        again = [value + _SEEN * (word.plain in seen) for value, word in zip(odds, words, strict=True)]
        names = _best_path(again, words)
        _capitalize_titles(words, names)
        acronyms = {word.plain for word in words if self._defines_acronym(word)}
        small = [_is_particle(words, names, i) for i in range(len(words))]
        return [
            self._shape(word, acronyms, name=name and not particle)
            for word, name, particle in zip(words, names, small, strict=True)
        ]

    def _shape(self, word: Word, acronyms: set[str], *, name: bool) -> Shape:
        if word.plain in acronyms:
            return "acronym"
        if not name:
            return "small"
        written = self._forms.of(word.plain).name
        known = self._is_known_acronym(word.plain)
        return "acronym" if known or (len(written) > 1 and written.isupper()) else "name"

    def _defines_acronym(self, word: Word) -> bool:
        return word.bracketed and 1 < len(word.plain) <= _LONGEST_ACRONYM and not self._forms.of(word.plain).listed

    def _is_known_acronym(self, plain: str) -> bool:
        return plain.upper() in self._knowledge.actors.by_name and self._forms.of(plain).odds > _ACRONYM_ODDS

    def _is_role(self, words: Sequence[Word], i: int) -> bool:
        return i < len(words) and words[i].follows and self._knowledge.roles.find([words[i].plain]) is not None

    def _odds(self, words: Sequence[Word]) -> list[float]:
        """Return the log odds that each word is a name, its neighbours' being names left out."""
        odds = [self._word_odds(words, i) for i in range(len(words))]
        for start, end in self._known_names(words):
            for i in range(start, end):
                if i == start or words[i].plain not in _PARTICLES:
                    odds[i] = _KNOWN
        return odds

    def _word_odds(self, words: Sequence[Word], i: int) -> float:
        word = words[i]
        if word.numbered:
            return -_KNOWN
        before = words[i - 1].plain if i else ""
        if word.plain in _MONTHS:
            return _KNOWN if word.dated or before in _MONTH_LEADS else -_KNOWN_WORD
        form = self._forms.of(word.plain)
        if word.plain == "us":
            return _KNOWN_WORD if before == "the" or self._is_role(words, i + 1) else -_KNOWN_WORD
        return (
            form.odds
            + _BIAS
            + _KNOWN_WORD * (self._is_known_acronym(word.plain) or word.plain in self._knowledge.actors.by_name)
        )

    def _known_names(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Yield the runs of words that are names of actors and places, the longest first from the left."""
        folded = [fold_name(word.plain) for word in words]
        start = 0
        while start < len(words):
            end = self._known_end(words, folded, start)
            if end is not None:
                yield start, end
            start = end or start + 1

    def _known_end(self, words: Sequence[Word], folded: Sequence[str], start: int) -> int | None:
        end = start + 1
        if words[start].plain in _PARTICLES and words[start].plain not in _OPENING_PARTICLES:
            return None
        while end < min(len(words), start + _LONGEST_NAME) and words[end].follows:
            end += 1
        for stop in range(end, start + 1, -1):
            name = " ".join(folded[start:stop])
            if name in self._knowledge.actors.by_name or self._is_place(
                words[start].plain, words[stop - 1].plain, name
            ):
                return stop
        return None

    def _is_place(self, first: str, last: str, name: str) -> bool:
        if min(self._forms.of(first).odds, self._forms.of(last).odds) < _PLAUSIBLE or without_kind(name):
            return False
        places = self._knowledge.gazetteer.find(name)
        return bool(places) and (
            places[0].kind in {"country", "region", "admin1"} or places[0].population >= _KNOWN_TOWN
        )

    def _parts_of_names(self, words: Sequence[Word], names: Sequence[bool]) -> frozenset[str]:
        """Return the words after first names and titles: surnames, which later stand alone."""
        first_names = self._knowledge.first_names
        return frozenset(
            words[i].plain
            for i in range(1, len(words))
            if names[i]
            and words[i].follows
            and ((names[i - 1] and self._forms.of(words[i - 1].plain).name in first_names) or _is_titled(words, i))
        )


def _is_particle(words: Sequence[Word], names: Sequence[bool], i: int) -> bool:
    """Tell whether a word is a small one within a name: `de`, `bin`, `van`."""
    return words[i].plain in _PARTICLES and words[i].follows and names[i - 1]


def _is_titled(words: Sequence[Word], i: int) -> bool:
    """Tell whether a title such as `lt gen` stands right before a word."""
    return words[i].follows and _title_length(words, i) > 0


def _title_length(words: Sequence[Word], i: int) -> int:
    """Return how many words right before a word are a title; 0 where none are."""
    length = 0
    while length < min(i, _LONGEST_TITLE) and (length == 0 or words[i - length].follows):
        length += 1
    sizes = (size for size in range(length, 0, -1) if _is_title(tuple(word.plain for word in words[i - size : i])))
    return next(sizes, 0)


@lru_cache(maxsize=1 << 14)
def _is_title(words: tuple[str, ...]) -> bool:
    title = find_title(words)
    return title is not None and title.word_count == len(words)


def _capitalize_titles(words: Sequence[Word], names: list[bool]) -> None:
    """Make names of the titles that stand right before names."""
    for i in range(1, len(words)):
        if names[i] and words[i].follows and not names[i - 1]:
            size = _title_length(words, i)
            names[i - size : i] = [True] * size


def _best_path(odds: Sequence[float], words: Sequence[Word]) -> list[bool]:
    """Return the most likely choice of names, given the log odds of each word."""
    naming = load_name_words()
    name, other = 0.0, 0.0
    from_name: list[tuple[bool, bool]] = []
    for value, word in zip(odds, words, strict=True):
        together = name + word.follows * (_TOGETHER + _NAMING * (word.plain in naming))
        from_name.append((together > other, name > other))
        name, other = max(together, other) + value, max(name, other)
    path = [name > other]
    for as_name, as_other in reversed(from_name[1:]):
        path.append(as_name if path[-1] else as_other)
    return path[::-1]
