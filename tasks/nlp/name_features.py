"""What is known of a name candidate: its words, what the world knows of them, and the text around.

Every feature is a short string, such as `place=country` or `prev=in`, whose weight for each kind of name stands in
`seeds/weights/names.tsv`. Does not belong here: the decision (`names.py`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.countries import country_of_demonym
from seeds.names import load_name_words
from tasks.nlp.spans import title_before
from tasks.nlp.syntax import coordinated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from seeds.actors import Actor
    from seeds.gazetteer import Place
    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.spans import Candidate

_POPULATIONS = (0, 1_000, 15_000, 100_000, 1_000_000)
_LARGE = 3
"""Populations at or above the third bound are those of well-known towns."""
_SHORT_LINE = 12
_NUMBERS_SHARE = 0.3
_CAPITALS_SHARE = 0.6
_SUFFIX = 3
_MOST_LINKS, _MOST_CONJUNCTS = 5, 4
"""Links of a coordination or apposition that are followed up, and members of it that are looked at."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line that a token stands in: where it begins and ends, and what it looks like."""

    start: int
    end: int
    look: str


@dataclass(slots=True)
class NameContext:
    """An article as the features see it: its lines, and what the tagger calls each name in the whole of it."""

    doc: Doc
    knowledge: Knowledge
    lines: list[Line] = field(default_factory=list)
    labels: dict[str, Counter[str]] = field(default_factory=dict)
    parts: dict[str, Counter[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Cut the article into lines."""
        breaks = [-1, *(token.i for token in self.doc if token.is_space and "\n" in token.text), len(self.doc)]
        for left, right in pairwise(breaks):
            line = Line(left + 1, right, _look(self.doc[left + 1 : right]))
            self.lines.extend([line] * (min(right + 1, len(self.doc)) - left - 1))

    def count(self, candidates: Sequence[Candidate]) -> None:
        """Count the labels of each name, and of the longer names that each word ends or begins."""
        for candidate in candidates:
            words = fold_name(self.doc[candidate.start : candidate.end].text).split()
            self.labels.setdefault(" ".join(words), Counter())[candidate.label] += 1
            if len(words) > 1:
                for word, end in ((words[0], "first"), (words[-1], "last")):
                    self.parts.setdefault(word, Counter())[f"{candidate.label}.{end}"] += 1


def _look(line: Span) -> str:
    """Return what a line looks like: prose, short, a table of numbers, or all capitals."""
    words = [token for token in line if not token.is_space and not token.is_punct]
    if not words:
        return "empty"
    if sum(word.is_upper and word.is_alpha for word in words) > _CAPITALS_SHARE * len(words):
        return "capitals"
    if sum(word.text[0].isdigit() for word in words) > _NUMBERS_SHARE * len(words):
        return "table"
    return "short" if len(words) <= _SHORT_LINE else "prose"


def name_features(
    candidate: Candidate, context: NameContext, places: Sequence[Place], actor: Actor | None
) -> list[str]:
    """Return the features of a candidate; `places` and `actor` are what its words may mean."""
    doc = context.doc
    words = [token.lower_ for token in doc[candidate.start : candidate.end]]
    found = list(_inside(doc, candidate, words, context.knowledge))
    found.extend(_known(candidate, places, actor, " ".join(words)))
    found.extend(_around(doc, candidate))
    found.extend(_line(candidate, context.lines[candidate.start]))
    found.extend(_elsewhere(candidate, context))
    return found


def _inside(doc: Doc, candidate: Candidate, words: Sequence[str], knowledge: Knowledge) -> Iterator[str]:
    first, last = doc[candidate.start], doc[candidate.end - 1]
    size = min(len(words), 4)
    yield "always"
    yield f"label={candidate.label}"
    yield f"size={size}"
    yield f"label={candidate.label}&size={size}"
    yield f"shape={last.shape_}"
    yield f"label={candidate.label}&shape={last.shape_}"
    yield f"last={words[-1]}"
    yield f"suffix={words[-1][-_SUFFIX:]}"
    yield f"tag={last.tag_}"
    if size > 1:
        yield f"first={words[0]}"
        yield f"given={first.text in knowledge.first_names}"
        yield f"given={first.text in knowledge.first_names}&label={candidate.label}"
    elif first.text in knowledge.first_names:
        yield "onlygiven"
    classes = load_name_words()
    for kind in classes.get(words[-1], ()):
        yield f"lastkind={kind}&several={size > 1}"
    for kind in classes.get(words[0], ()):
        yield f"firstkind={kind}&several={size > 1}"
    for word in words[1:-1]:
        for kind in classes.get(word, ()):
            yield f"midkind={kind}"
    if any(word in {"of", "for", "and", "&"} for word in words):
        yield "joined"
    if len(first.text.rstrip(".")) == 1 and size > 1:
        yield "initial"


def _known(candidate: Candidate, places: Sequence[Place], actor: Actor | None, name: str) -> Iterator[str]:
    kind = "none"
    if places:
        best = places[0]
        kind = best.kind
        people = sum(best.population >= bound for bound in _POPULATIONS)
        yield f"people={kind}.{people}"
        yield f"alias={best.alias_rank}"
        yield f"own={fold_name(best.name) == fold_name(name)}"
        yield f"people={people >= _LARGE}&label={candidate.label}&kind={kind}"
    yield f"place={kind}"
    yield f"place={kind}&label={candidate.label}"
    if actor is not None:
        yield f"actor={actor.entity_type}"
        yield f"actor={actor.entity_type}&label={candidate.label}"
        yield f"actor={actor.entity_type}&place={kind}"
    if country_of_demonym(name):
        yield "demonym"
        yield f"demonym&label={candidate.label}"


def _around(doc: Doc, candidate: Candidate) -> Iterator[str]:
    before = [_word(doc, candidate.start - back) for back in (1, 2, 3)]
    after = [_word(doc, candidate.end + on) for on in (0, 1)]
    yield f"prev={before[0]}"
    yield f"prev2={before[1]} {before[0]}"
    yield f"next={after[0]}"
    yield f"next2={after[0]} {after[1]}"
    classes = load_name_words()
    yield from (f"nextkind={kind}" for kind in classes.get(after[0], ()))
    yield from (f"prevkind={kind}" for kind in classes.get(before[0], ()))
    if before[0] == "of":
        yield from (f"ofkind={kind}" for kind in classes.get(before[1], ()))
    if title_before(before[::-1]):
        yield "title"
    if doc[candidate.start].is_sent_start:
        yield "begins"
    yield f"nexttag={doc[candidate.end].tag_ if candidate.end < len(doc) else ''}"
    yield from _governed(doc[candidate.start : candidate.end].root)


def _governed(head: Token) -> Iterator[str]:
    """What the name depends on, and what it is coordinated with."""
    anchor = head
    for _ in range(_MOST_LINKS):
        if anchor.dep_ not in {"conj", "appos"}:
            break
        anchor = anchor.head
    yield f"dep={head.dep_}"
    yield f"role={anchor.dep_}:{anchor.head.lower_}"
    yield f"headtag={anchor.head.tag_}"
    for other in coordinated(anchor)[:_MOST_CONJUNCTS]:
        if other.i != head.i and other.ent_type_:
            yield f"list={other.ent_type_}"


def _word(doc: Doc, index: int) -> str:
    if not 0 <= index < len(doc):
        return "|"
    token = doc[index]
    if token.text[0].isdigit():
        return "0"
    return "|" if token.is_space else token.lower_


def _line(candidate: Candidate, line: Line) -> Iterator[str]:
    begins, ends = candidate.start == line.start, candidate.end == line.end
    yield f"line={line.look}"
    yield f"line={line.look}&label={candidate.label}"
    yield f"line={line.look}&begins={begins}&ends={ends}"


def _elsewhere(candidate: Candidate, context: NameContext) -> Iterator[str]:
    """What the tagger calls the same name elsewhere in the article, and the longer names that it is part of."""
    name = fold_name(context.doc[candidate.start : candidate.end].text)
    same = context.labels.get(name, Counter())
    for label, count in same.items():
        if count > (label == candidate.label):
            yield f"same={label}"
            yield f"same={label}&label={candidate.label}"
    if " " not in name:
        for part in context.parts.get(name, ()):
            yield f"part={part}"
