"""Which event mentions of one article report the same event.

Mentions meet when the syntax joins them (`launched an attack, killing a policeman`), when the text refers back (`the
strikes`), or when type, day, place and parties agree. What contradicts keeps them apart: other days, other places,
other tolls, other parties.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.vocabulary import EVENT_MODALITIES
from tasks.nlp.points import DerivedPlace, may_be_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from tasks.nlp.arguments import Filler
    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.mentions import Mention
    from tasks.nlp.records import Days, Interval
    from tasks.nlp.triggers import EventCandidate

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_REACH = 2
"""Sentences over which a toll without place and time still belongs to the event before it."""


_ENOUGH = 2
_WHEN = frozenset({"when", "after", "as"})
_BY_MEANS_OF = frozenset({"in", "of", "by", "during", "from", "with", "amid"})
_PLAIN = 0.6
"""Plausibility from which a word without any argument is an event all the same."""
_MOST_TELLINGS = 8
"""Mentions of one event that another is compared with."""
_MOST_EVENTS = 200
"""Events that a mention is compared with, the latest first; an article with more is a list."""
_LONGEST_CHAIN = 6
"""Words from an effect down to its cause: `killed in a series of strikes`."""


def group(drafts: Sequence[EventDraft], order_of_sentence: dict[int, int]) -> None:
    """Set `event` of every mention that reports an event, to the index of the event's earliest mention.

    `order_of_sentence` numbers the sentences by the index of their first token.
    """
    events: list[list[int]] = []
    for i, draft in enumerate(drafts):
        if draft.modality not in EVENT_MODALITIES or draft.is_total:
            continue
        candidates = ([drafts[k] for k in event[-_MOST_TELLINGS:]] for event in reversed(events[-_MOST_EVENTS:]))
        found = next((known for known in candidates if _same_event(known, draft, order_of_sentence)), None)
        if found is None:
            events.append([i])
            draft.event = i
        else:
            draft.event = found[0].event
            next(event for event in reversed(events) if event[0] == draft.event).append(i)
    _join_retold(drafts, events[:_MOST_EVENTS])


def _join_retold(drafts: Sequence[EventDraft], events: Sequence[list[int]]) -> None:
    """Join events that turn out to be one when all is told: headline and lead, lead and recap."""
    kept: list[list[EventDraft]] = []
    for event in events:
        members = [drafts[i] for i in event]
        told = members[:_MOST_TELLINGS]
        earlier = next((known for known in kept if _retold(known[:_MOST_TELLINGS], told)), None)
        if earlier is None:
            kept.append(members)
            continue
        for draft in members:
            draft.event = earlier[0].event
        earlier.extend(members)


def _retold(known: Sequence[EventDraft], members: Sequence[EventDraft]) -> bool:
    first, other = known[0], members[0]
    if first.event_type != other.event_type or not _same_standing(first, other):
        return False
    compatible = all(_compatible(a, b) for a in known for b in members)
    return compatible and _shared(known, members) >= _ENOUGH


def without_bare_words(drafts: Sequence[EventDraft]) -> Iterator[EventDraft]:
    """Yield the mentions that tell something: `talks` with no party, place or day reports nothing by itself.

    A bare word stays where it speaks of an event that another mention tells of, or where it can mean nothing else.
    """
    sizes: Counter[int | None] = Counter(draft.event for draft in drafts if draft.event is not None)
    for draft in drafts:
        told = draft.actors or draft.recipients or draft.place or draft.occurred or draft.tolls
        if told or draft.plausibility >= _PLAIN or sizes.get(draft.event, 0) > 1:
            yield draft


def _same_event(known: Sequence[EventDraft], draft: EventDraft, order: dict[int, int]) -> bool:
    """Tell whether a mention reports the event that these mentions report."""
    first, last = known[0], known[-1]
    if first.event_type != draft.event_type or not _same_standing(first, draft):
        return False
    together = (one for one in known if one.sentence_start == draft.sentence_start)
    if any(_joined(one.candidate, draft.candidate) for one in together):
        return True
    distance = order[draft.sentence_start] - order[last.sentence_start]
    return all(_compatible(one, draft) for one in known) and _refers(known, draft, distance)


def _same_standing(a: EventDraft, b: EventDraft) -> bool:
    """Tell whether both happened, or both are only planned or demanded."""
    past = {"asserted", "historical"}
    return (a.modality in past) == (b.modality in past)


def _joined(a: EventCandidate, b: EventCandidate) -> bool:
    """Tell whether the syntax makes two triggers of one sentence one event."""
    return _consequence(a, b) or _consequence(b, a) or _coordinate(a.token, b.token)


def _consequence(cause: EventCandidate, effect: EventCandidate) -> bool:
    """Tell whether an effect hangs on its cause: `an attack, killing six`, `it killed six`, `died in it`."""
    token = cause.token
    if token.dep_ == "advcl" and token.head == effect.token:
        return any(child.lower_ in _WHEN for child in token.children)
    return (effect.trigger.pos == "VERB" and _effect_of(token, effect)) or _within(token, effect.token)


def _effect_of(cause: Token, effect: EventCandidate) -> bool:
    """Tell whether a verb says what its subject, or the noun or clause above it, did."""
    if cause in effect.slots.get("subj", []):
        return True
    verb = effect.token
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":
        return bool(verb.head == cause or cause in list(verb.head.children))
    return bool(verb.dep_ in {"relcl", "acl"} and verb.head == cause)


def _within(cause: Token, effect: Token) -> bool:
    """Tell whether the cause hangs below the effect by words of means: `killed in a series of strikes`."""
    token = cause
    for _ in range(_LONGEST_CHAIN):
        if token.head == effect and token.dep_ in {"pobj", "prep", "dobj"}:
            return True
        by_other = token.dep_ == "pobj" and token.head.lower_ not in _BY_MEANS_OF
        if token.dep_ not in {"pobj", "prep", "compound"} or by_other:
            return False
        token = token.head
    return False


def _coordinate(a: Token, b: Token) -> bool:
    return (b.dep_ == "conj" and b.head == a) or (a.dep_ == "conj" and a.head == b)


def _refers(known: Sequence[EventDraft], draft: EventDraft, distance: int) -> bool:
    """Tell whether a mention that contradicts nothing also points back to the event."""
    token = draft.candidate.token
    bare = draft.place is None and draft.occurred is None
    if bare and distance <= _REACH and (draft.killed or draft.wounded) and not _parties(draft.actors):
        return not any(one.killed and draft.killed for one in known)
    if any(child.lower_ in _DEFINITE for child in token.lefts) and _shares_word(known, draft):
        return True
    return _agrees(known, draft)


def _shares_word(known: Sequence[EventDraft], draft: EventDraft) -> bool:
    return any(one.candidate.token.lemma_ == draft.candidate.token.lemma_ for one in known)


def _agrees(known: Sequence[EventDraft], draft: EventDraft) -> bool:
    return _shared(known, [draft]) >= _ENOUGH


def _shared(known: Sequence[EventDraft], others: Sequence[EventDraft]) -> int:
    """Count what two tellings state alike: place, day, actor, recipient, target, a toll of the dead."""
    ours, theirs = _Facts.of(known), _Facts.of(others)
    return sum(
        (
            bool(ours.places & theirs.places),
            bool(ours.days & theirs.days),
            bool(ours.actors & theirs.actors),
            bool(ours.recipients & theirs.recipients),
            bool(ours.targets & theirs.targets),
            ours.toll and theirs.toll,
        )
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What some mentions of one event state."""

    places: frozenset[str]
    days: frozenset[Days]
    actors: frozenset[str]
    recipients: frozenset[str]
    targets: frozenset[str]
    toll: bool

    @classmethod
    def of(cls, drafts: Sequence[EventDraft]) -> _Facts:
        return cls(
            frozenset(d.place.key for d in drafts if d.place is not None and d.place.key),
            frozenset(d.occurred for d in drafts if d.occurred is not None),
            frozenset(key for d in drafts for key in _parties(d.actors)),
            frozenset(key for d in drafts for key in _parties(d.recipients)),
            frozenset(f.token.lemma_ for d in drafts for f in d.recipients if f.mention is None),
            any(d.killed is not None for d in drafts),
        )


def _compatible(a: EventDraft, b: EventDraft) -> bool:
    return (
        _meets(a.killed, b.killed)
        and _meets(a.wounded, b.wounded)
        and _same_days(a, b)
        and _same_place(a.place, b.place)
        and _same_parties(a, b)
    )


def _same_days(a: EventDraft, b: EventDraft) -> bool:
    return (
        a.occurred is None
        or b.occurred is None
        or (a.occurred.first <= b.occurred.last and b.occurred.first <= a.occurred.last)
    )


def _meets(a: Interval | None, b: Interval | None) -> bool:
    if a is None or b is None:
        return True
    return (b.high is None or a.low <= b.high) and (a.high is None or b.low <= a.high)


def _same_place(a: Mention | None, b: Mention | None) -> bool:
    """Tell whether one place can be the other, or lie in it."""
    if a is None or b is None or a.key == b.key or a.place is None or b.place is None:
        return True
    if isinstance(a.place, DerivedPlace) or isinstance(b.place, DerivedPlace):
        return may_be_one(a.place, b.place)
    if a.place.country != b.place.country:
        return False
    kinds = {a.place.kind, b.place.kind}
    if "country" in kinds:
        return True
    return "admin1" in kinds and a.place.admin1 == b.place.admin1


def _same_parties(a: EventDraft, b: EventDraft) -> bool:
    """Tell whether the actors and the recipients of two mentions can be the same."""
    return all(
        not ours or not theirs or bool(ours & theirs)
        for ours, theirs in ((_parties(a.actors), _parties(b.actors)), (_parties(a.recipients), _parties(b.recipients)))
    )


def _parties(fillers: Sequence[Filler]) -> frozenset[str]:
    """Return the identities among the fillers that other articles know too; local groups have many descriptions."""
    return frozenset(_keys(fillers))


def _keys(fillers: Sequence[Filler]) -> Iterator[str]:
    for filler in fillers:
        key = filler.mention.key if filler.mention is not None else None
        if key is not None and key.startswith(("actor:", "person:", "org:")):
            yield key
