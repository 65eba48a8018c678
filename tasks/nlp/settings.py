"""Where events happened whose own sentences do not say: what the rest of the article adds, ever less sure.

First the other mentions of the same event, then what was told just before, then the country that the whole article is
about: never its capital. Does not belong here: places in the event's own sentence (`where.py`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from seeds.countries import country_name
from seeds.gazetteer_records import KIND_ORDER
from tasks.nlp.drafts import VIOLENT, mentions_by_event
from tasks.nlp.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seeds.gazetteer import Gazetteer
    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.mentions import MentionIndex

_SAME_EVENT, _BEFORE, _FOCUS = 0.9, 0.5, 0.3
"""How far the certainty of a place goes down from its own sentence to another one, and that of the article's focus."""
_REACH = 2
"""Sentences over which the place of what was told last holds."""
_FOCUS_SHARE, _LEAST_WEIGHT = 0.6, 2.0
"""Share of an article's places and nationalities, and their number, from which on a country is what it is about."""
_HAPPENED = frozenset({"asserted", "historical"})


def share_places(
    drafts: Sequence[EventDraft], index: MentionIndex, focus: Mention | None, order: dict[int, int]
) -> None:
    """Set the `setting` of mentions without a known place.

    `focus` is the country that the article is about (see `country_in_focus`), which says nothing of a sentence that
    speaks of another one; `order` numbers the sentences by the indexes of their first tokens.
    """
    for group in mentions_by_event(drafts).values():
        _share(group)
    _hold_on(drafts, order)
    for draft in drafts:
        if focus is not None and draft.happened_at is None and _is_local(draft) and not _is_abroad(draft, focus, index):
            _set(draft, focus, _FOCUS)


def _is_abroad(draft: EventDraft, focus: Mention, index: MentionIndex) -> bool:
    """Tell whether the sentence of a mention, or who takes part, is of another country than the article's."""
    mentions = [*index.within(draft.candidate.token.sent), *(f.mention for f in (*draft.actors, *draft.recipients))]
    return any(m is not None and m.country is not None and m.country != focus.country for m in mentions)


def country_in_focus(index: MentionIndex, nationalities: Counter[str], gazetteer: Gazetteer) -> Mention | None:
    """Return the country to which most places and nationalities of an article belong; None where none stands out.

    `nationalities` counts what else points to each country (alpha-3).
    """
    weights = nationalities + Counter(m.country for m in index.mentions if m.place and m.country and not m.in_dateline)
    country = min(weights, key=lambda code: (-weights[code], code), default=None)
    if country is None or weights[country] < max(_LEAST_WEIGHT, _FOCUS_SHARE * weights.total()):
        return None
    places = gazetteer.find(country_name(country))
    place = next((p for p in places if p.kind == "country" and p.country == country), None)
    if place is None:
        return None
    key = f"place:{place.place_key}"
    return Mention(0, 0, 0, "name", "place", place.name, place=place, country=country, key=key)


def _share(group: Sequence[EventDraft]) -> None:
    """Give the mentions of one event the finest place that any of them names."""
    placed = [draft for draft in group if draft.place is not None and draft.place.place is not None]
    best = min(placed, key=_coarseness, default=None)
    for draft in group:
        if best is None or draft.happened_at is not None:
            continue
        if draft.place is None and draft.sentence_start == best.sentence_start:
            draft.place = best.place
        _set(draft, best.place, _SAME_EVENT * (best.place_certainty or 0.0))


def _coarseness(draft: EventDraft) -> tuple[int, float]:
    known = draft.place.place if draft.place is not None else None
    return (-KIND_ORDER[known.kind] if known is not None else 0, -(draft.place_certainty or 0.0))


def _hold_on(drafts: Sequence[EventDraft], order: dict[int, int]) -> None:
    """Give violent acts without a place that of the last one that was told shortly before."""
    last: EventDraft | None = None
    for draft in drafts:
        if not _is_local(draft):
            continue
        if draft.place is not None and draft.place.key:
            last = draft
        elif draft.happened_at is None and last is not None and _near(last, draft, order):
            _set(draft, last.place, _BEFORE * (last.place_certainty or 0.0))


def _is_local(draft: EventDraft) -> bool:
    """Tell whether a mention tells of one thing that happened, and happened where its people are."""
    return draft.event is not None and draft.event_type in VIOLENT and draft.modality in _HAPPENED


def _near(last: EventDraft, draft: EventDraft, order: dict[int, int]) -> bool:
    return order[draft.sentence_start] - order[last.sentence_start] <= _REACH


def _set(draft: EventDraft, place: Mention | None, certainty: float) -> None:
    draft.setting, draft.place_certainty = place, round(certainty, 3)
