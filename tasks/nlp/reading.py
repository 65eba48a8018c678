"""From the working forms to the records of one article: mentions, entities, events and their arguments."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.nlp.confidence import is_believed
from tasks.nlp.drafts import mentions_by_event
from tasks.nlp.modality import is_long_ago
from tasks.nlp.parties import party
from tasks.nlp.points import DerivedPlace, precision_of_place
from tasks.nlp.records import DocumentEntity, EntityMention, EventArgument, EventMention
from tasks.resolve.keys import EventFacts, entity_id, event_ids

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Span, Token

    from seeds.actors import Actor
    from seeds.lexicons import Trigger
    from tasks.nlp.arguments import Filler
    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.mentions import Mention
    from tasks.nlp.records import Days

_PRECISIONS = ("day", "week", "month", "quarter", "year", "decade")
_SHARED_KEYS = ("actor:", "person:", "org:")
_RETOLD = 0.9
"""How sure a day is that another mention of the event states, as a share of how sure it is there."""
_PAST = frozenset({"asserted", "historical"})


def entity_mentions(doc: Doc, mentions: Iterable[Mention]) -> list[EntityMention]:
    """Return the mention records, in order of the text."""
    text = doc._.article.text
    return [
        EntityMention(
            doc[m.start].idx,
            _end(doc[m.end - 1]),
            text[doc[m.start].idx : _end(doc[m.end - 1])],
            m.entity_type,
            m.kind,
            entity_id(m.key) if m.key else None,
            round(m.score, 3) if m.key else None,
        )
        for m in mentions
    ]


def document_entities(mentions: Sequence[Mention], drafts: Sequence[EventDraft]) -> list[DocumentEntity]:
    """Return what the article says of each entity that it mentions, or that acts in its events."""
    by_key: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.key:
            by_key.setdefault(mention.key, []).append(mention)
    entities = [_entity(key, group) for key, group in by_key.items()]
    behind = (
        found
        for draft in drafts
        for role, fillers in _sides(draft)
        for filler in fillers
        if (found := party(filler, role))
    )
    extra = {found.key: found.actor for found in behind if found.actor is not None and found.key not in by_key}
    there = [place for draft in drafts for place in (draft.place, draft.setting) if place is not None]
    elsewhere = {place.key: place for place in there if place.key}
    offsets = [replace(_entity(key, [m]), mention_count=0) for key, m in elsewhere.items() if key not in by_key]
    return entities + offsets + [_actor_entity(key, actor, (), 0) for key, actor in extra.items()]


def _entity(key: str, group: Sequence[Mention]) -> DocumentEntity:
    named = [m for m in group if m.kind == "name"] or [m for m in group if m.kind == "nominal"] or list(group)
    counts = Counter(m.name for m in named)
    aliases = tuple(sorted({m.name for m in group if m.kind == "name"}))
    actor = next((m.actor for m in group if m.actor is not None), None)
    if actor is not None:
        return replace(_actor_entity(key, actor, aliases, len(group)), sector=_first(m.sector for m in group))
    place = next((m.place for m in group if m.place is not None), None)
    if key.startswith("person:"):
        name = max(counts, key=lambda text: (len(text.split()), counts[text], text))
    else:
        name = max(counts, key=lambda text: (counts[text], len(text), text))
    return DocumentEntity(
        entity_id(key),
        key,
        "place" if place is not None else Counter(m.entity_type for m in named).most_common(1)[0][0],
        place.name if place is not None else name,
        aliases,
        _first(m.country for m in group),
        _first(m.sector for m in group),
        None,
        place.geonames_id if place is not None else None,
        place.latitude if place is not None else None,
        place.longitude if place is not None else None,
        (place.feature_code or None) if place is not None else None,
        place.admin1 if place is not None else None,
        precision_of_place(place) if place is not None else None,
        place.radius_km if isinstance(place, DerivedPlace) else None,
        len(group),
    )


def _actor_entity(key: str, actor: Actor, aliases: tuple[str, ...], count: int) -> DocumentEntity:
    return DocumentEntity(
        entity_id(key), key, actor.entity_type, actor.name, aliases, actor.country, actor.sector, actor.wikidata_id,
        None, None, None, None, None, None, None, count,
    )  # fmt: skip


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def share_settings(drafts: Sequence[EventDraft], published_on: dt.date | None) -> None:
    """Give mentions without a day those of the event that they report."""
    for group in mentions_by_event(drafts).values():
        best = min((draft for draft in group if draft.occurred), key=_dating, default=None)
        for draft in group:
            if draft.occurred is None and best is not None and best.date_certainty is not None:
                draft.occurred, draft.date_certainty = best.occurred, round(best.date_certainty * _RETOLD, 3)
            if draft.modality == "asserted" and is_long_ago(draft.occurred, published_on):
                draft.modality = "historical"


def _dating(draft: EventDraft) -> tuple[int, float]:
    """Order dated mentions by how finely, then how certainly they say when."""
    assert draft.occurred is not None
    return _PRECISIONS.index(draft.occurred.precision), -(draft.date_certainty or 0.0)


def draft_event_ids(document_id: str, drafts: Sequence[EventDraft]) -> dict[int | None, str]:
    """Return the event id of each event index of an article; events that nobody would believe have none."""
    events = {event: group for event, group in mentions_by_event(drafts).items() if is_believed(group)}
    return dict(zip(events, event_ids([_facts(document_id, group) for group in events.values()]), strict=True))


def _facts(document_id: str, group: Sequence[EventDraft]) -> EventFacts:
    place = next((d.place for d in group if d.place is not None and d.place.key), None)
    keys = (found.key for d in group for role, fillers in _sides(d) for f in fillers if (found := party(f, role)))
    return EventFacts(
        document_id,
        group[0].candidate.token.idx,
        group[0].event_type,
        "past" if group[0].modality in _PAST else "open",
        next((day for d in group if (day := _single_day(d.occurred))), None),
        place.key if place is not None else None,
        place.place.kind if place is not None and place.place is not None else None,
        frozenset(key for key in keys if key.startswith(_SHARED_KEYS)),
    )


def _single_day(days: Days | None) -> dt.date | None:
    return days.first if days is not None and days.precision == "day" and days.first == days.last else None


def event_mention(text: str, draft: EventDraft, event_id: str | None) -> EventMention:
    """Return the record of one event mention in a text."""
    token, trigger = draft.candidate.token, draft.candidate.trigger
    sentence = token.sent
    first = token.doc[draft.candidate.start]
    start, end = _trimmed(text, sentence)
    said_by = party_of_speaker(draft.attributed_to)
    there = draft.happened_at
    return EventMention(
        start, end, first.idx, _end(token), text[first.idx : _end(token)],
        trigger.event_type, trigger.event_mode, trigger.contexts, draft.modality, draft.occurred,
        draft.date_certainty if draft.occurred is not None else None,
        entity_id(there.key) if there is not None and there.key else None,
        draft.place_certainty if there is not None and there.key else None,
        tuple(draft.counted()), draft.is_cumulative, entity_id(said_by) if said_by else None, draft.confidence,
        _entry(trigger), tuple(_alternative(other.trigger) for other in draft.candidate.alternatives),
        tuple(_arguments(text, draft)), event_id,
    )  # fmt: skip


def _entry(trigger: Trigger) -> str:
    """Return the name of a sense: its words, part of speech and line in triggers.tsv, or that the encoder added it."""
    return f"{' '.join(trigger.lemma)}/{trigger.pos}:{trigger.line if trigger.line > 0 else 'encoder'}"


def _alternative(trigger: Trigger) -> str:
    mode = f"/{trigger.event_mode}" if trigger.event_mode else ""
    return f"{trigger.event_type}{mode} by {_entry(trigger)}"


def party_of_speaker(mention: Mention | None) -> str | None:
    """Return the key of who says so."""
    return mention.key if mention is not None else None


def _sides(draft: EventDraft) -> tuple[tuple[str, list[Filler]], ...]:
    return ("actor", draft.actors), ("recipient", draft.recipients)


def _arguments(text: str, draft: EventDraft) -> Iterable[EventArgument]:
    """Return the distinct arguments of a mention, ordered by role and place in the text."""
    found: dict[tuple[str, int, int], EventArgument] = {}

    def add(role: str, span: Span, key: str | None) -> None:
        start, end = _trimmed(text, span)
        argument = EventArgument(role, start, end, text[start:end], entity_id(key) if key else None)
        found.setdefault((role, start, end), argument)

    for role, fillers in _sides(draft):
        for filler in fillers:
            who = party(filler, role)
            add(role, filler.span, who.key if who else None)
    doc = draft.candidate.token.doc
    for token in draft.instruments:
        add("instrument", doc[token.i : token.i + 1], None)
    if draft.place is not None:
        add("location", doc[draft.place.start : draft.place.end], draft.place.key)
    if draft.time is not None:
        found["date", draft.time.start, draft.time.end] = EventArgument(
            "date", draft.time.start, draft.time.end, draft.time.surface, None
        )
    for toll in draft.tolls:
        for harmed in toll.harmed:
            add(toll.kind, harmed.span, harmed.mention.key if harmed.mention is not None else None)
    return [found[key] for key in sorted(found)]


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    """Return the character range of a span without white space at its ends."""
    start, end = span.start_char, span.end_char
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _end(token: Token) -> int:
    return int(token.idx + len(token.text))
