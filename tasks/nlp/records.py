"""What the language pipeline reads and writes: one article in, the mentions found in it out.

Offsets are half-open, in Unicode code points of `Article.text`, as in the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the clean stage left it; see `schemas.tables.DOCUMENTS` for the columns of these names."""

    document_id: str
    text: str
    title: str | None
    published_on: dt.date | None
    dateline: str | None
    title_start: int | None
    title_end: int | None
    body_start: int
    body_end: int
    source_id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of people; `high` is None where it is open-ended (`at least 50`)."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people something happened to; `kind` says what (see schemas.vocabulary.TOLL_KINDS)."""

    kind: str
    people: Interval


@dataclass(frozen=True, slots=True)
class Days:
    """A closed interval of days, and how finely it is known (see schemas.vocabulary.DATE_PRECISIONS)."""

    first: dt.date
    last: dt.date
    precision: str


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One time expression: its TIMEX3 value and the days that it may mean, None where it means none."""

    start: int
    end: int
    surface: str
    value: str | None
    days: Days | None


@dataclass(frozen=True, slots=True)
class EntityMention:
    """One place in the text where an entity is named or described."""

    start: int
    end: int
    surface: str
    entity_type: str
    mention_kind: str
    entity_id: str | None
    link_score: float | None


@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """What one article says of one entity."""

    entity_id: str
    entity_key: str
    entity_type: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    sector: str | None
    wikidata_id: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    feature_code: str | None
    admin1: str | None
    geo_precision: str | None
    point_radius_km: float | None
    mention_count: int


@dataclass(frozen=True, slots=True)
class EventArgument:
    """The words that fill one role of an event mention."""

    role: str
    start: int
    end: int
    surface: str
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place in the text where an event is reported, with what fills its roles; at most one toll of a kind."""

    sentence_start: int
    sentence_end: int
    trigger_start: int
    trigger_end: int
    trigger: str
    event_type: str
    event_mode: str | None
    contexts: tuple[str, ...]
    modality: str
    occurred: Days | None
    date_certainty: float | None
    place_id: str | None
    place_certainty: float | None
    tolls: tuple[Toll, ...]
    toll_is_cumulative: bool | None
    attributed_to: str | None
    confidence: float
    evidence: str
    alternatives: tuple[str, ...]
    arguments: tuple[EventArgument, ...]
    event_id: str | None


@dataclass(slots=True)
class Reading:
    """Everything that was read in one article."""

    document_id: str
    times: list[TimeMention] = field(default_factory=list)
    mentions: list[EntityMention] = field(default_factory=list)
    entities: list[DocumentEntity] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that could not be read, and why."""

    document_id: str
    error: str
