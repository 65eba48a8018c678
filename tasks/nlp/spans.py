"""Name candidates: the runs of words that may be names, before anything says of what.

Belongs here: where a candidate begins and ends. Does not belong here: what it names (`names.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from seeds.countries import country_of_demonym
from seeds.roles import find_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from seeds.roles import Title

_NAME_LABELS = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_PROPER = frozenset({"NNP", "NNPS"})
_PERHAPS_PROPER = frozenset({"JJ", "NN", "NNS", "FW"})
_TRIMMED = frozenset({"the", "a", "an", "'s", "\u2019s", *"'\u2019\u2018\"\u201c\u201d().-\u2013\u2014:"})
"""Articles, marks of possession, quotation marks and dashes."""
_SPLITTING = frozenset({",", ";", "/", "(", ")", "["})
_ARTICLES = frozenset({"al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az"})
_HYPHENATED = 3
_LONGEST_NAME = 6
"""Tokens; longer runs of capitals are headlines."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of tokens, half-open, that may be a name, and the label that the tagger gave it (empty: none)."""

    start: int
    end: int
    label: str


def name_candidates(doc: Doc) -> list[Candidate]:
    """Return the tagger's spans without articles, titles and marks, and the runs of capitals between them, in order."""
    found: list[Candidate] = []
    previous = 0
    for entity in doc.ents:
        if entity.label_ in _NAME_LABELS:
            found.extend(_proper_runs(doc, previous, entity.start))
            found.extend(_pieces(doc, entity.start, entity.end, entity.label_))
            previous = entity.end
    found.extend(_proper_runs(doc, previous, len(doc)))
    return found


def title_before(words: Sequence[str]) -> Title | None:
    """Return the title that ends these words; None where none stands right before the name."""
    titles = (find_title(words[start:]) for start in range(len(words)))
    return next((title for start, title in enumerate(titles) if title and title.word_count >= len(words) - start), None)


def is_capitalised(token: Token) -> bool:
    """Tell whether the word begins with a capital, or is written in capitals with its periods (`U.S.`)."""
    return token.text[:1].isupper()


def _pieces(doc: Doc, start: int, end: int, label: str) -> Iterator[Candidate]:
    """Cut a span at line feeds and commas, and what is no part of a name off the ends of each piece."""
    breaks = [start - 1, *(i for i in range(start, end) if doc[i].is_space or doc[i].text in _SPLITTING), end]
    for left, right in pairwise(breaks):
        first, last = left + 1, right
        while first < last and _is_edge(doc[first]) and not _is_article(doc[first : min(first + 3, last)]):
            first += 1
        while first < last and _is_edge(doc[last - 1]):
            if label == "PERSON" and _is_hyphenated(doc[max(first, last - 3) : last]):
                break
            last -= 1
        if label == "PERSON":
            first = _after_title(doc, first, last)
        if first < last:
            yield Candidate(first, last, label)


def _is_edge(token: Token) -> bool:
    """Tell whether a name neither begins nor ends with this: marks, articles, numbers, words without a capital."""
    return token.lower_ in _TRIMMED or token.like_num or not any(letter.isupper() for letter in token.text)


def _is_article(words: Span) -> bool:
    """Tell whether words begin with an Arabic article, as `al-Shabaab` does; `pro-Kurdish` is another matter."""
    return _is_hyphenated(words) and words[0].text in _ARTICLES


def _is_hyphenated(words: Span) -> bool:
    """Tell whether three tokens are one word with a hyphen: `Jong-un`."""
    tokens = list(words)
    tied = len(tokens) == _HYPHENATED and tokens[1].text == "-" and not tokens[0].whitespace_ + tokens[1].whitespace_
    return tied and tokens[2].is_alpha


def _after_title(doc: Doc, start: int, end: int) -> int:
    for first in range(end - 1, start, -1):
        title = find_title([token.text for token in doc[start:first]])
        if title is not None and title.word_count >= first - start:
            return first
    return start


def _proper_runs(doc: Doc, start: int, end: int) -> Iterator[Candidate]:
    run = start
    for index in range(start, end + 1):
        if index < end and _may_be_proper(doc[index]):
            continue
        if 0 < index - run <= _LONGEST_NAME:
            yield Candidate(run, index, "")
        run = index + 1


def _may_be_proper(token: Token) -> bool:
    """Tell whether a word outside the tagger's names may belong to one all the same."""
    if not is_capitalised(token) or token.ent_type_ in {"DATE", "TIME", "PERCENT", "MONEY"}:
        return False
    if token.tag_ in _PROPER or (token.is_upper and len(token) > 1):
        return True
    return token.tag_ in _PERHAPS_PROPER and not token.is_sent_start and not country_of_demonym(token.text)
