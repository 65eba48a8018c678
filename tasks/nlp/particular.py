"""Which mentions tell of a particular event, and which of what happens in general, or went on for long.

`terrorists who kill`, `kidnappings are frequent` tell of no event: they are hypothetical and belong to none. `the war`,
`hundreds were killed in the past ten years` tell of no single one: background, which is historical. Whether a mention
is negated, planned or demanded is decided before (`modality.py`), for each by itself; here the other mentions of its
event count too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.retelling import load_retelling
from tasks.nlp.joins import bare_noun
from tasks.nlp.records import Interval
from tasks.nlp.syntax import is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from tasks.nlp.drafts import EventDraft

_VIOLENT = frozenset({"ASSAULT", "COERCE"})
_LONGEST_DAYS = 366
"""What is said to have happened within more days than these happened more than once."""
_WIDE = frozenset({"country", "region"})
_SHARP = frozenset({"day", "week", "month"})
_SOME = Interval(2, None)
"""What a plural without a number counts."""
_PROPER = frozenset({"NNP", "NNPS"})
_PRESENT = frozenset({"VBP", "VBZ"})
_FINITE = _PRESENT | {"VBD", "VBN"}


def mark_general(drafts: Sequence[EventDraft]) -> None:
    """Give mentions of violence that tell of no particular event a modality that says so."""
    told = {d.event for d in drafts if d.event is not None and _is_set(d) and not _is_presupposed(d)}
    named = told | {draft.event for draft in drafts if draft.event is not None and _is_named(draft)}
    for draft in drafts:
        if draft.modality != "asserted" or draft.event_type not in _VIOLENT:
            continue
        is_unset = draft.event not in told
        if is_unset and _is_presupposed(draft):
            draft.modality, draft.occurred, draft.time = "historical", None, None  # the day is that of its clause
        elif draft.is_total or _is_long(draft) or (is_unset and _is_vague(draft)):
            draft.modality = "historical"
        elif draft.event not in named and _is_generic(draft):
            draft.modality, draft.event = "hypothetical", None


def _is_set(draft: EventDraft) -> bool:
    """Tell whether a mention has a day, a town or a toll."""
    place = draft.place.place if draft.place is not None else None
    local = place is not None and place.kind not in _WIDE
    day = draft.occurred is not None and draft.occurred.precision in _SHARP
    return local or day or any(toll.people != _SOME for toll in draft.tolls)


def _is_named(draft: EventDraft) -> bool:
    """Tell whether somebody by name takes part."""
    fillers = (*draft.actors, *draft.recipients)
    return any(f.mention is not None and f.mention.kind == "name" and f.token.tag_ in _PROPER for f in fillers)


def _is_long(draft: EventDraft) -> bool:
    days = draft.occurred
    return days is not None and (days.last - days.first).days > _LONGEST_DAYS


def _is_vague(draft: EventDraft) -> bool:
    trigger = draft.candidate.trigger
    return trigger.pos == "NOUN" and trigger.head in load_retelling().vague


def _is_presupposed(draft: EventDraft) -> bool:
    """Tell whether a participle only says which ones are meant: `the kidnapped persons`."""
    token = draft.candidate.token
    return token.tag_ == "VBN" and token.dep_ == "amod"


def _is_generic(draft: EventDraft) -> bool:
    candidate = draft.candidate
    if _is_habitual(candidate.token) or _is_habitual(candidate.governor):
        return True
    if candidate.carrier is not None and candidate.carrier.tag_ in _FINITE:
        return _in_general(candidate.carrier)
    if bare_noun(candidate):
        return not _is_told_of(candidate.token)
    return is_verb(candidate.token) and _in_general(candidate.token)


def _is_habitual(token: Token) -> bool:
    words = load_retelling().habit
    above = token.head if token.dep_ in {"xcomp", "pcomp"} else token
    return any(child.lower_ in words for child in (*token.children, *above.children))


def _is_told_of(noun: Token) -> bool:
    """Tell whether the past tells of what a noun means: `explosions shook the town`, `there have been attacks`."""
    while noun.dep_ in {"conj", "appos"} or (noun.dep_ == "pobj" and noun.head.lower_ == "including"):
        noun = noun.head if noun.dep_ != "pobj" else noun.head.head
    verb = noun.head
    there_was = noun.dep_ == "attr" and any(child.dep_ == "expl" for child in verb.children)
    return (there_was or noun.dep_ in {"nsubj", "nsubjpass"}) and verb.tag_ in {"VBD", "VBN", "VBG"}


def _in_general(verb: Token) -> bool:
    """Tell whether a verb says what people of a kind do: in the present, or of `those who did`."""
    if verb.dep_ == "relcl" and (_is_present(verb) or _is_kind(verb.head)):
        return True
    return _is_present(verb) and any(map(_is_kind, _subjects(verb)))


def _is_present(verb: Token) -> bool:
    """Tell whether a verb stands in the simple present: `kill`, `are killed`; not `are killing`, `have killed`."""
    if verb.tag_ in _PRESENT:
        return True
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    passive = verb.tag_ == "VBN" and len(auxiliaries) == 1 and auxiliaries[0].lemma_ == "be"
    return passive and auxiliaries[0].tag_ in _PRESENT


def _subjects(verb: Token) -> Iterator[Token]:
    return (child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"})


def _is_kind(subject: Token) -> bool:
    """Tell whether a subject names all of a kind: a bare plural, `those who`, `everyone`."""
    if subject.tag_ == "NNS":
        return not any(child.dep_ in {"det", "poss", "nummod"} for child in subject.children)
    return subject.lower_ in {"they", "those", "who", "people", "everyone", "nobody"}
