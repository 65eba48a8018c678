"""The working form of an event mention while an article is being read, and how one is drawn up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from schemas.vocabulary import TOLL_KINDS
from tasks.nlp.arguments import instruments
from tasks.nlp.attribution import attribution
from tasks.nlp.casualties import is_tally, tolls
from tasks.nlp.modality import is_long_ago
from tasks.nlp.records import Toll
from tasks.nlp.when import when
from tasks.nlp.where import where

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from tasks.nlp.arguments import Filler
    from tasks.nlp.casualties import HarmToll
    from tasks.nlp.dating import DatedToken
    from tasks.nlp.mentions import Mention
    from tasks.nlp.records import Days, Interval, TimeMention
    from tasks.nlp.scoring import Scorer
    from tasks.nlp.triggers import EventCandidate
    from tasks.nlp.where import Scenes

VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
"""Types of events that happen at their target, so that a place in the target's phrase is the event's."""


@dataclass(slots=True)
class EventDraft:
    """One event mention under construction: what its own sentence says of it, and later what its event adds.

    The candidate's likelihood decides whether it is kept; `confidence` is what becomes of it when all is known.

    `place` is the place that its own sentence names, `setting` the one that the rest of the article adds where it names
    none that is known; `place_certainty` is how sure that is, 0..1.

    `sentence_start` is the index of its sentence's first token. `event` is the index of the event that it reports
    within the article; None where it reports none.
    """

    candidate: EventCandidate
    actors: list[Filler]
    recipients: list[Filler]
    instruments: list[Token]
    modality: str
    occurred: Days | None
    date_certainty: float | None
    time: TimeMention | None
    place: Mention | None
    place_certainty: float | None
    tolls: list[HarmToll]
    attributed_to: Mention | None
    sentence_start: int
    event: int | None = field(default=None)
    setting: Mention | None = None
    confidence: float = 0.0

    @property
    def event_type(self) -> str:
        """The PLOVER type."""
        return self.candidate.trigger.event_type

    @property
    def happened_at(self) -> Mention | None:
        """The known place where it happened, as its sentence or the rest of the article tells."""
        return self.place if self.place is not None and self.place.key else self.setting

    @property
    def killed(self) -> Interval | None:
        """How many people it killed."""
        return self.toll("killed")

    @property
    def wounded(self) -> Interval | None:
        """How many people it wounded."""
        return self.toll("wounded")

    @property
    def is_cumulative(self) -> bool | None:
        """Whether its tolls are those of all so far; None where it counts nobody."""
        return any(toll.scope != "own" for toll in self.tolls) if self.tolls else None

    @property
    def is_total(self) -> bool:
        """Whether it counts the people of several events, so that it is no event of its own."""
        return any(toll.scope == "several" for toll in self.tolls)

    def toll(self, kind: str) -> Interval | None:
        """Return how many people something of this kind happened to (see schemas.vocabulary.TOLL_KINDS)."""
        return next((toll.people for toll in self.tolls if toll.kind == kind), None)

    def counted(self) -> Iterator[Toll]:
        """Yield its tolls, one of a kind."""
        for kind in TOLL_KINDS:
            if (people := self.toll(kind)) is not None:
                yield Toll(kind, people)


def draft(
    candidate: EventCandidate,
    scorer: Scorer,
    scenes: Scenes,
    dated: Sequence[DatedToken],
    published_on: dt.date | None,
) -> EventDraft:
    """Draw up an event mention from what its own sentence says."""
    index = scenes.index
    who, whom = scorer.roles(candidate, index)
    time = when(candidate, dated)
    occurred = time.days if time is not None and not is_tally(candidate) else None
    place = where(candidate, scenes, [*whom, *who], violent=candidate.trigger.event_type in VIOLENT)
    how = scorer.modality(candidate, occurred, published_on)
    if how == "asserted":
        occurred = _not_after(occurred, published_on)
    elif how == "historical" and not is_long_ago(occurred, published_on):
        occurred = None  # the day of the commemoration is not that of the event
    return EventDraft(
        candidate,
        who,
        whom,
        instruments(candidate),
        how,
        occurred,
        time.certainty if time is not None and occurred is not None else None,
        time.time if time is not None and occurred is not None else None,
        place.mention if place is not None else None,
        place.certainty if place is not None else None,
        tolls(candidate, index),
        attribution(candidate, index),
        int(candidate.token.sent.start),
    )


def _not_after(days: Days | None, published_on: dt.date | None) -> Days | None:
    """Cut off the days after publication: what is reported as done has happened by then."""
    if days is None or published_on is None or days.last <= published_on:
        return days
    return None if days.first > published_on else replace(days, last=published_on)


def mentions_by_event(drafts: Sequence[EventDraft]) -> dict[int, list[EventDraft]]:
    """Return the mentions of each event, in order of the text."""
    events: dict[int, list[EventDraft]] = {}
    for item in drafts:
        if item.event is not None:
            events.setdefault(item.event, []).append(item)
    return events
