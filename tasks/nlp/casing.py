"""Capitals restored in text that was sent without them, or in nothing else: old wire copy, and typed notes.

Belongs here: which lines lack case, and how their words are written. Does not belong here: how a word is usually
written (`word_forms.py`), and which run of capitals is whose name (`names.py`).

Only the language model reads the restored text. It is as long as the original, character by character, so that offsets
hold for both.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from seeds.roles import find_title
from tasks.nlp.capitals import NameFinder, Word
from tasks.nlp.word_forms import capitalized, lower, upper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.nlp.capitals import Shape
    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.word_forms import WordForms

_CAPITALS = string.ascii_uppercase.encode()
_SMALL = string.ascii_lowercase.encode()
_SHOUTED = 0.8
"""Share of capitals among a line's letters from which case says nothing: `McDONALD` keeps small letters there."""
_WHISPERED = 0.005
"""Share below which text has lost its capitals: English has two to five in a hundred letters."""
_FEWEST_LETTERS = 4
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200f\u2060"
"""What may stand inside a word without being a letter: accents by themselves, soft hyphens, joiners."""
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"(?:{_LETTER}\.){{2,}}|{_LETTER}(?:{_LETTER}|[{_MARKS}]|['\u2019\u02bc](?={_LETTER}))*")
_APOSTROPHES = frozenset("'\u2019\u02bc")
_APOSTROPHE = re.compile(f"[{''.join(sorted(_APOSTROPHES))}]")
_INVISIBLE = re.compile(f"[{_MARKS}]")
_OPENING = re.compile('[.!?]["\'\u201d\u2019)\\]]*\\s|[.,!?:]\\s+["\u201c\\[]+$')
"""What stands before the first word of a sentence or of a quotation that is one."""
_NOT = "not"
"""What `don't` says, which is on no list."""
_ENDINGS = frozenset({"s", "d", "m", "ll", "re", "ve"})
"""What follows the apostrophe of a possessive or a contraction."""


def lacks_case(text: str) -> bool:
    """Tell whether a line of a text is all capitals, or the whole text has next to none; cheap on any text."""
    return bool(_lines_without_case(text))


def restore_case(text: str, knowledge: Knowledge, forms: WordForms) -> str:
    """Return the text with capitals where they belong, in the lines that have none or nothing else.

    Every character stays in its place: the result has the length of the text and differs from it in case only.
    """
    words = [word for start, end in _lines_without_case(text) for word in _words(text, start, end)]
    letters = list(text)
    for word, shape in zip(words, NameFinder(knowledge, forms).shapes(words), strict=True):
        letters[word.start : word.end] = _written(text[word.start : word.end], word, shape)
    return "".join(letters)


def _lines_without_case(text: str) -> list[tuple[int, int]]:
    """Return start and end of the lines whose case says nothing, in order of the text."""
    shouted, others, start = [], [], 0
    capitals = small = 0
    for line in text.split("\n"):
        span, start = (start, start + len(line)), start + len(line) + 1
        large, little = _count(line)
        if large + little >= _FEWEST_LETTERS and large >= _SHOUTED * (large + little):
            shouted.append(span)
        else:
            others.append(span)
            capitals, small = capitals + large, small + little
    whispered = small >= _FEWEST_LETTERS and capitals < _WHISPERED * small
    return sorted(shouted + others) if whispered else shouted


def _count(line: str) -> tuple[int, int]:
    """Return how many capital and how many small letters of ASCII a line has."""
    letters = line.encode("ascii", "ignore")
    without = letters.translate(None, _CAPITALS)
    return len(letters) - len(without), len(without) - len(without.translate(None, _SMALL))


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    """Yield the words of a line."""
    previous, last, owns = start, "", False
    for match in _WORD.finditer(text, start, end):
        first = previous == start
        gap = text[previous : match.start()]
        abbreviated = gap == ". " and (len(last) == 1 or (last != "" and find_title([last]) is not None))
        after = text[match.end() : match.end() + 2]
        previous, last, owned, owns = match.end(), _plain(match[0]), owns, match[0][-2:-1] in _APOSTROPHES
        yield Word(
            match.start(),
            match.end(),
            last,
            opens=first or (not abbreviated and _OPENING.search(gap) is not None),
            follows=not first and not owned and (abbreviated or gap in {" ", "-"}),
            numbered=gap[-1:].isdigit(),
            dated=gap[-2:-1].isdigit() or after[1:].isdigit(),
            bracketed=gap.endswith("(") and after.startswith(")"),
        )


def _plain(word: str) -> str:
    """Return a word in lower case, without marks and without the ending of a possessive."""
    small = _INVISIBLE.sub("", lower(word))
    tail = _APOSTROPHE.split(small)[-1]
    if tail == "t":
        return _NOT
    return small[: -len(tail) - 1] if tail in _ENDINGS and len(tail) < len(small) else small


def _written(letters: str, word: Word, shape: Shape) -> str:
    """Return a word as it is written, a capital included where a sentence opens."""
    small = lower(letters)
    if shape == "acronym":
        stem = len(word.plain) if small.startswith(word.plain) else len(small)
        return upper(small[:stem]) + small[stem:]
    if shape == "name":
        return capitalized(small)
    return upper(small[:1]) + small[1:] if word.opens else small
