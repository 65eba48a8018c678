"""What the mentions of one article know of each other's tolls.

`The attack killed two and wounded five` tells of the attack what its verbs count. `No casualties were reported` says of
the attack before it that it harmed nobody. And where an article counts the minister and two bodyguards, `the murder of
the minister` is that of three. Does not belong here: which mentions report one event (`grouping.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tasks.nlp.casualties import Harmed, HarmToll
    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.records import Interval

_HAPPENED = frozenset({"asserted", "historical"})
_REACH = 2
"""Sentences back to which `no casualties were reported` may speak of an event."""
_VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_ANYBODY = frozenset(
    [
        *("one", "body", "people", "person", "victim", "casualty", "injury", "death", "fatality"),
        *("casualties", "victims", "injuries", "deaths", "fatalities"),
    ]
)
"""Words for people that leave out nobody: `no casualties`, `three people`."""
_DEFINITE = frozenset({"the", "these", "those", "all"})
_MORE = frozenset({"more", "another", "other", "others", "additional", "further"})


def mark_totals(drafts: Sequence[EventDraft]) -> None:
    """Mark what a toll came to with an event as that of several: `killed six, bringing the death toll to 45`."""
    for told in _by_sentence(drafts).values():
        own = [toll for draft in told for toll in draft.tolls if toll.scope == "own"]
        for draft in told:
            draft.tolls = [_total(toll, own) for toll in draft.tolls]


def _total(toll: HarmToll, own: Sequence[HarmToll]) -> HarmToll:
    others = [other for other in own if other.kind == toll.kind and not _adds(other)]
    beyond = any(not _meet(toll.people, other.people) for other in others)
    return replace(toll, scope="several") if toll.scope == "so far" and beyond else toll


def _adds(toll: HarmToll) -> bool:
    """Tell whether people come to those of the same event: `two more died, raising the toll to nine`."""
    return any(word.lower_ in _MORE for harmed in toll.harmed for word in harmed.span)


def _meet(a: Interval, b: Interval) -> bool:
    return (b.high is None or a.low <= b.high) and (a.high is None or b.low <= a.high)


def tell_of_none(drafts: Sequence[EventDraft], order_of_sentence: dict[int, int]) -> None:
    """Give an event the tolls that are said to be none, from its sentence or the next ones."""
    last: EventDraft | None = None
    for start, told in _by_sentence(drafts).items():
        nobody = [toll for draft in told if draft.event is None for toll in draft.tolls if _is_nobody(toll)]
        reported = [draft for draft in told if draft.event is not None and draft.event_type in _VIOLENT]
        near = last is not None and order_of_sentence[start] - order_of_sentence[last.sentence_start] <= _REACH
        for draft in reported or ([last] if last is not None and near else []):
            draft.tolls.extend(toll for toll in nobody if draft.toll(toll.kind) is None)
        last = reported[-1] if reported else last


def _is_nobody(toll: HarmToll) -> bool:
    """Tell whether it is said that nobody at all was harmed: `no casualties`, but not `no civilian casualties`."""
    first, *others = [word.lower_ for harmed in toll.harmed for word in harmed.span]
    return toll.people.high == 0 and (first == "nobody" or (first == "no" and " ".join(others) in _ANYBODY))


def _by_sentence(drafts: Sequence[EventDraft]) -> dict[int, list[EventDraft]]:
    found: dict[int, list[EventDraft]] = defaultdict(list)
    for draft in drafts:
        found[draft.sentence_start].append(draft)
    return found


def share_tolls(drafts: Sequence[EventDraft]) -> None:
    """Let the mentions of an event know of each other's tolls: of all in their sentence, elsewhere of fuller ones."""
    by_event: dict[int, list[EventDraft]] = defaultdict(list)
    for draft in drafts:
        if draft.event is not None:
            by_event[draft.event].append(draft)
    for told in by_event.values():
        _count_all(told)
        for draft, told_beside in _beside(told):
            draft.tolls.extend(toll for toll in told_beside if draft.toll(toll.kind) is None)


def count_known(drafts: Sequence[EventDraft]) -> None:
    """Replace the tolls of people whom the article counts elsewhere, before mentions are compared by them.

    The murder of the priests is that of the six who were murdered, and who was killed with two guards died only once.
    """
    counted: dict[tuple[str, frozenset[str]], HarmToll] = {}
    with_name: dict[str, HarmToll] = {}
    for toll in (toll for draft in drafts if draft.modality in _HAPPENED for toll in draft.tolls):
        if toll.people.high is not None and toll.scope == "own":
            counted.setdefault((toll.kind, _who(toll.harmed)), toll)
            for key in _named(toll) if toll.kind == "killed" else ():
                with_name[key] = max(with_name.get(key, toll), toll, key=lambda toll: len(toll.harmed))
    for draft in drafts:
        draft.tolls = [
            _died_once(_known(toll, counted.get((toll.kind, _who(toll.harmed)))), with_name) for toll in draft.tolls
        ]


def _named(toll: HarmToll) -> set[str]:
    """Return the identities of those whom a toll names."""
    mentions = (harmed.mention for harmed in toll.harmed)
    return {m.key for m in mentions if m is not None and m.key and m.key.startswith("person:")}


def _died_once(toll: HarmToll, with_name: Mapping[str, HarmToll]) -> HarmToll:
    """Return a toll of named dead with the people of the fuller one that names them too."""
    names = _named(toll)
    full = next((with_name[key] for key in sorted(names) if key in with_name), None)
    if toll.kind != "killed" or full is None or len(names) < len(toll.harmed) or not names <= _named(full):
        return toll
    return replace(toll, people=full.people)


def _known(toll: HarmToll, counted: HarmToll | None) -> HarmToll:
    definite = all(harmed.span[0].lower_ in _DEFINITE for harmed in toll.harmed)
    if counted is None or toll.people.high is not None or not definite or not _meet(toll.people, counted.people):
        return toll
    return replace(toll, people=counted.people)


def _beside(told: Sequence[EventDraft]) -> Iterator[tuple[EventDraft, list[HarmToll]]]:
    """Yield each mention with the tolls that its sentence tells of the event."""
    for beside in _by_sentence(told).values():
        first: dict[str, HarmToll] = {}
        for toll in (toll for draft in beside for toll in draft.tolls):
            first.setdefault(toll.kind, toll)
        yield from ((draft, list(first.values())) for draft in beside)


def _count_all(told: Sequence[EventDraft]) -> None:
    """Replace tolls of some by that of all of them: the murder of the minister who died with two bodyguards."""
    fullest: dict[str, HarmToll] = {}
    for toll in (toll for draft in told for toll in draft.tolls):
        known = fullest.get(toll.kind)
        if known is None or len(toll.harmed) > len(known.harmed):
            fullest[toll.kind] = toll
    for draft in told:
        draft.tolls = [_fuller(toll, fullest[toll.kind]) for toll in draft.tolls]


def _fuller(toll: HarmToll, full: HarmToll) -> HarmToll:
    some, everyone = _who(toll.harmed), _who(full.harmed)
    return replace(toll, people=full.people) if some < everyone and full.scope == "own" else toll


def _who(harmed: Sequence[Harmed]) -> frozenset[str]:
    """Return who people are, as far as words tell: identities of names, nouns of descriptions."""
    return frozenset(
        h.mention.key if h.mention is not None and h.mention.kind == "name" and h.mention.key else h.span.root.lemma_
        for h in harmed
    )
