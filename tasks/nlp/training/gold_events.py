"""Labelled events: JSON lines whose `gold` has `events`, in any of three forms.

    {"type": "ASSAULT", "args": [{"role": "SRC", "start": 0, "end": 9}, ...]}          a PLOVER type between two parties
    {"type": "MATERIAL_CONFLICT", "args": [...]}                                        a quad class between two parties
    {"type": "Conflict.Attack", "trigger": {"start": 3, "end": 9}, "args": [...]}       a type at its trigger, or none

A record whose gold has `entities` too marks all its events; of the others, what is not marked is unknown. Of types at
triggers only those in TYPES are judged. Offsets count Unicode code points, half-open. A record without `gold` is plain
news; where `labels.tsv` knows its id, words of it that a reader judged are its labelled events. Files may be gzipped.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas.vocabulary import EVENT_TYPES
from seeds.ontology import event_class
from seeds.tsv import read_tsv
from tasks.nlp.records import Article
from tasks.sources.records import RawRecord
from tasks.text.article import read_article
from tasks.text.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TextIO

    from tasks.nlp.drafts import EventDraft

LABELS = Path(__file__).with_name("labels.tsv")
Span = tuple[int, int]

_QUADS = {"VERBAL_COOPERATION": 1, "MATERIAL_COOPERATION": 2, "VERBAL_CONFLICT": 3, "MATERIAL_CONFLICT": 4}
_OLDER = {"YIELD": ("CONCEDE", "RETREAT"), "DEMAND": ("REQUEST",), "DISAPPROVE": ("ACCUSE",), "FIGHT": ("ASSAULT",)}
"""Types of PLOVER's first version."""

TYPES = {
    "conflict.attack": ("ASSAULT", "COERCE", "MOBILIZE"),
    "conflict.demonstrate": ("PROTEST",),
    "conflict.yield": ("RETREAT", "CONCEDE"),
    "life.die.deathcausedbyviolentevents": ("ASSAULT",),
    "life.injure.injurycausedbyviolentevents": ("ASSAULT",),
    "artifactexistence.damagedestroy": ("ASSAULT", "COERCE"),
    "contact.contact.meet": ("CONSULT",),
    "contact.discussion": ("CONSULT",),
    "contact.negotiate": ("CONSULT",),
    "contact.requestadvise": ("REQUEST",),
    "contact.requestcommand": ("REQUEST",),
    "contact.commandorder": ("REQUEST",),
    "contact.threatencoerce": ("THREATEN",),
    "government.agreements": ("AGREE", "REJECT"),
    "justice.arrestjaildetain": ("COERCE",),
    "justice.investigate": ("ACCUSE",),
    "justice.releaseparole": ("CONCEDE", "RETREAT"),
    "justice": ("ACCUSE", "COERCE", "SANCTION"),
    "transaction.transaction.embargosanction": ("SANCTION",),
    "transaction.transaction.giftgrantprovideaid": ("AID",),
}
"""Types of other schemes, by the beginning of their names, to the PLOVER types that are right for them."""
REACHABLE = frozenset(kind for kinds in TYPES.values() for kind in kinds)


ROLES = {
    **dict.fromkeys(
        "SRC attacker communicator damager damagerdestroyer demonstrator destroyer executioner giver injurer "
        "investigator jailer judgecourt killer perpetrator preventer prosecutor retreater surrenderer violator "
        "yielder".split(),
        "actor",
    ),
    **dict.fromkeys("TAR beneficiary defendant detainee recipient target victim".split(), "recipient"),
    **dict.fromkeys("SRC/TAR participant otherparticipant".split(), "either"),
    **dict.fromkeys("LOCATION place".split(), "location"),
    **dict.fromkeys("instrument explosivedevice".split(), "instrument"),
}
"""Roles of other schemes, their case ignored, to ours; `either` is a party to something mutual."""


_ROLE_OF = {name.lower(): role for name, role in ROLES.items()}


@dataclass(frozen=True, slots=True)
class GoldArgument:
    """What fills a role of a labelled event; `role` is None where it is none of ours."""

    role: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One labelled event: the types that are right (None: unknown, empty: none), its trigger, and who is in it."""

    types: frozenset[str] | None
    trigger: Span | None
    arguments: tuple[GoldArgument, ...]
    modality: str | None = None

    @property
    def parties(self) -> tuple[Span, ...]:
        """The two sides of an event that is labelled without its trigger."""
        sides = {"actor", "recipient", "either"}
        return tuple(a.span for a in self.arguments if a.role in sides) if self.trigger is None else ()


@dataclass(frozen=True, slots=True)
class GoldStory:
    """A text with labelled events; `complete` where all events of the types in TYPES are labelled."""

    article: Article
    events: tuple[GoldEvent, ...]
    complete: bool


def read_stories(path: Path) -> Iterator[GoldStory]:
    """Yield the records of a file that have labelled events; ValueError names the line that is no such record."""
    with _open(path) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                record = json.loads(line)
                story = _labelled(record) if "gold" in record else _judged(record, line)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"{path}, line {number}: expected a record with text and gold events, found {error!r}"
                ) from error
            if story is not None:
                yield story


def _open(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _labelled(record: dict[str, Any]) -> GoldStory:
    day, text = record.get("date"), record["text"]
    published = dt.date.fromisoformat(day[:10]) if day else None
    article = Article(record["id"], text, None, published, None, None, None, 0, len(text))
    return GoldStory(article, tuple(map(_event, record["gold"]["events"])), "entities" in record["gold"])


def _judged(record: dict[str, Any], line: str) -> GoldStory | None:
    """Return a plain story with the judgements of its words; None where there are none."""
    labels = judgements().get(record["id"])
    if labels is None:
        return None
    found = read_article(RawRecord("", record["id"], "application/json", "", len(line), line.encode()))
    if isinstance(found, Rejected):
        raise ValueError(f"the clean stage rejects it: {found.reason}")  # noqa: TRY004 - the record is wrong, no type
    for label in labels:
        if found.text[slice(*label.span)] != label.trigger:
            raise ValueError(f"{label.trigger!r} to stand at {label.span}, as {LABELS.name} says")
    published = found.published.on if found.published else None
    names = ("text", "title", "dateline", "title_start", "title_end", "body_start", "body_end")
    article = Article(
        document_id=record["id"], published_on=published, **{name: getattr(found, name) for name in names}
    )
    events = tuple(GoldEvent(label.types, label.span, (), label.modality) for label in labels)
    return GoldStory(article, events, complete=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader says of a word in a story: the types of event that it denotes, none where it denotes none."""

    span: Span
    trigger: str
    types: frozenset[str]
    modality: str | None


@cache
def judgements() -> Mapping[str, tuple[Judgement, ...]]:
    """Return record id to the words that a reader judged; ValueError where the table is wrong."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    for row in read_tsv(LABELS, ("record_id", "start", "end", "trigger", "types", "modality")):
        span = int(row.required("start")), int(row.required("end"))
        kinds, how = frozenset(row.several("types")), row.optional("modality")
        judgement = Judgement(span, row.required("trigger"), kinds, how)
        found[row.required("record_id")].append(judgement)
    return {record_id: tuple(labels) for record_id, labels in found.items()}


def _event(item: dict[str, Any]) -> GoldEvent:
    trigger = item.get("trigger")
    trigger = trigger[0] if isinstance(trigger, list) else trigger
    arguments = tuple(
        GoldArgument(_ROLE_OF.get(a["role"].lower()), (a["start"], a["end"]))
        for a in item.get("args", ())
        if a.get("start") is not None
    )
    return GoldEvent(_types(item.get("type") or "", triggered=trigger is not None), _span(trigger), arguments)


def _span(item: dict[str, Any] | None) -> Span | None:
    return (item["start"], item["end"]) if item else None


def _types(name: str, *, triggered: bool) -> frozenset[str] | None:
    if name == "MAKE_STATEMENT":
        return frozenset()
    if not name and triggered:
        return frozenset(EVENT_TYPES)
    if name in _QUADS:
        return frozenset(kind for kind in EVENT_TYPES if event_class(kind, None).quad_class == _QUADS[name])
    if name in EVENT_TYPES or name in _OLDER:
        return frozenset(_OLDER.get(name, (name,)))
    parts = name.lower().split(".")
    prefixes = (".".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((frozenset(TYPES[prefix]) for prefix in prefixes if prefix in TYPES), None)


def is_type(kind: str, labels: Iterable[frozenset[str]]) -> bool | None:
    """Return whether an event type is among those that labels call right; None where codebooks differ.

    They differ over who signs or ratifies: AGREE for us, SUPPORT in news that was labelled by CAMEO's code 057.
    """
    types = frozenset[str]().union(*labels)
    if kind in types:
        return True
    return None if kind == "AGREE" and "SUPPORT" in types else False


def judged(story: GoldStory, draft: EventDraft) -> bool | None:
    """Return whether a mention has a type that the labels call right; None where they do not say."""
    trigger = draft.candidate.token.doc[draft.candidate.start].idx, _end(draft)
    at_trigger = [event for event in story.events if event.trigger and _meet(event.trigger, trigger)]
    if at_trigger:
        known = [event.types for event in at_trigger if event.types is not None]
        return is_type(draft.event_type, known) if known else None
    if story.complete:
        return False if draft.event_type in REACHABLE else None
    linked = [event.types for event in story.events if event.types is not None and _links(event, draft)]
    return is_type(draft.event_type, linked) if linked else None


def _end(draft: EventDraft) -> int:
    return int(draft.candidate.token.idx + len(draft.candidate.token.text))


def _links(event: GoldEvent, draft: EventDraft) -> bool:
    """Tell whether all labelled parties of an event, two at least, are among those of a mention."""
    spans = [(f.span.start_char, f.span.end_char) for f in (*draft.actors, *draft.recipients)]
    return len(event.parties) > 1 and all(any(_meet(party, span) for span in spans) for party in event.parties)


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
