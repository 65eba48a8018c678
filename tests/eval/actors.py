"""Sentences with their actors' countries and sectors, and how a pipeline is judged by them.

Belongs here: the reading of `actors.txt`, whose head says what its labels mean, and the comparison. Does not belong
here: event types and roles (`sentences.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.nlp.records import Article

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from tasks.nlp.mentions import Mention

PLACE = "place"
_LABEL = re.compile(r"\[([^]|]+)\|([^]|]+)\|([^]|]+)\]")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d) ")
_DEFAULT_DAY = dt.date(2021, 6, 15)


@dataclass(frozen=True, slots=True)
class Label:
    """One actor: where its words stand, its country (None: unknown) and its sector (None: not judged)."""

    start: int
    end: int
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class ActorSentence:
    """One sentence without its marks, its day of publication, and its actors."""

    text: str
    published_on: dt.date
    labels: tuple[Label, ...]


def read_actor_sentences(path: Path) -> list[ActorSentence]:
    """Read the marked sentences of a file, one a line; lines that begin with `#` are skipped."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_sentence(line) for line in lines if line and not line.startswith("#")]


def _sentence(line: str) -> ActorSentence:
    day = _DAY.match(line)
    marked = line[day.end() :] if day else line
    text, labels, last = "", [], 0
    for mark in _LABEL.finditer(marked):
        text += marked[last : mark.start()]
        words, country, sector = (None if part == "-" else part for part in mark.groups())
        labels.append(Label(len(text), len(text) + len(words or ""), country, sector))
        text, last = text + (words or ""), mark.end()
    published_on = dt.date.fromisoformat(day.group(1)) if day else _DEFAULT_DAY
    return ActorSentence(text + marked[last:], published_on, tuple(labels))


def read(nlp: Language, sentence: ActorSentence) -> Doc:
    """Return the sentence as the pipeline reads it as a whole article."""
    text = sentence.text
    doc = nlp.make_doc(text)
    doc._.article = Article("eval", text, None, sentence.published_on, None, None, None, 0, len(text))
    return nlp(doc)


def mention_at(doc: Doc, label: Label) -> Mention | None:
    """Return the mention of the word that governs the label's words."""
    span = doc.char_span(label.start, label.end, alignment_mode="expand")
    found = doc._.mentions.at(span.root) if span is not None else None
    return found if found is not None or span is None else doc._.mentions.at(span[-1])


def errors(mention: Mention | None, label: Label) -> list[str]:
    """Return what is wrong of `country` and `sector`, both where no mention was found."""
    if mention is None:
        return ["country", "sector"]
    wrong = ["country"] if mention.country != label.country else []
    if label.sector == PLACE:
        return wrong + (["sector"] if mention.entity_type != PLACE else [])
    return wrong + (["sector"] if label.sector not in {None, mention.sector} else [])
