"""Whether an event happened: asserted, negated, planned, demanded, hypothetical or historical.

Cues stand at the event itself (`not`, `no`, `will`, `if`, see `clauses.py`) or at what governs it (`denied attacking`,
`plans to meet`, `called for an attack`). The walk goes from the event up to the root of its sentence; the first cue
decides, and a negation above a plan leaves nothing that happened. `the attack` takes for granted that there was one,
so that it outlives the modality of the clause: `they will not forget the attack`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_background
from tasks.nlp.clauses import cues, is_asked, is_infinitive, own_cues, tells_past
from tasks.nlp.syntax import is_noun, is_verb, upward

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from spacy.tokens import Token

    from tasks.nlp.records import Days
    from tasks.nlp.triggers import EventCandidate

_COMPLEMENT_DEPS = frozenset(
    {
        "ccomp",
        "xcomp",
        "dobj",
        "pobj",
        "pcomp",
        "prep",
        "acl",
        "conj",
        "compound",
        "nsubjpass",
        "appos",
        "oprd",
        "attr",
        "advmod",
    }
)
_ARGUMENT_DEPS = frozenset({"dobj", "nsubj", "nsubjpass", "xcomp", "prep", "advcl", "attr", "oprd"})
_INFINITIVE_DEPS = frozenset({"xcomp", "acl", "advcl", "relcl", "ccomp"})
_BESIDE = frozenset({"prep", "npadvmod", "advmod", "amod", "compound", "nmod"})
_PRESUPPOSING = frozenset({"the", "this", "that", "these", "those"})
_ADJUNCT = frozenset(
    [
        *("after", "since", "following", "despite", "because", "amid", "from", "until", "over", "about", "including"),
        *("like", "unlike", "into", "than", "as", "besides", "beyond", "ahead"),
    ]
)
"""Prepositions whose object is an event of its own, whatever the clause around says of its verb."""
_ANY = ("VERB", "NOUN", "ADJ")
_SPOKEN = frozenset({"CONSULT", "SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "PROTEST"})
"""Types of events that are done by saying so."""
_COUNTING = frozenset({"first", "second", "third", "fourth", "fifth", "last", "latest", "only"})
_LONG_AGO_DAYS = 365
"""What ended more than a year before the article was published is background."""


@dataclass(slots=True)
class _Walk:
    """How far the walk has come: the last token, the words since the last verb, whether the event is presupposed."""

    event: EventCandidate
    below: Token
    presupposed: bool
    path: list[str] = field(default_factory=list)


@cache
def _background() -> frozenset[str]:
    return frozenset(cue.lemma for cue in load_background())


def modality(candidate: EventCandidate, occurred: Days | None, published_on: dt.date | None) -> str:
    """Return the modality of a candidate that happened, if it did, in these days."""
    by_saying = _is_done_by_saying(candidate)
    carried = candidate.light.modality if candidate.light is not None else "asserted"
    if carried != "asserted" and not by_saying and not _is_cut_short(candidate):
        return carried
    stated = _strongest(own_cues(candidate.governor) if by_saying else _stated(candidate))
    if stated != "asserted":
        return stated
    if _lies_ahead(occurred, published_on) and not tells_past(candidate.governor):
        return "planned"
    if _is_remembered(candidate) or is_long_ago(occurred, published_on):
        return "historical"
    return "asserted"


def _strongest(stated: Iterator[str]) -> str:
    """Return the first modality stated; what denies or doubts a plan from further out leaves less of it."""
    first = next(stated, "asserted")
    if first not in {"planned", "demanded"}:
        return first
    return next((later for later in stated if later in {"negated", "hypothetical"}), first)


def is_long_ago(occurred: Days | None, published_on: dt.date | None) -> bool:
    """Tell whether what happened in these days was history when the article was published."""
    return occurred is not None and published_on is not None and (published_on - occurred.last).days > _LONG_AGO_DAYS


def _lies_ahead(occurred: Days | None, published_on: dt.date | None) -> bool:
    return occurred is not None and published_on is not None and occurred.first > published_on


def _is_done_by_saying(candidate: EventCandidate) -> bool:
    """Tell whether to offer it is to do it: `offered criticism`, `pledged full support`."""
    light, kind = candidate.light, candidate.trigger.event_type
    return light is not None and light.lemma in {"offer", "pledge"} and kind in {"SUPPORT", "ACCUSE"}


def _is_cut_short(candidate: EventCandidate) -> bool:
    """Tell whether there was violence that a verb ends: `to halt the shelling`, not `halted the visit`."""
    carrier = candidate.carrier
    ends = carrier is not None and cues("complement", "VERB").get(carrier.lemma_) == "asserted"
    return ends and candidate.trigger.event_type == "ASSAULT" and _is_presupposed(candidate.token)


def _is_presupposed(noun: Token) -> bool:
    return any(child.lower_ in _PRESUPPOSING or child.dep_ == "poss" for child in noun.lefts)


def _is_remembered(candidate: EventCandidate) -> bool:
    """Tell whether words at or above the event say that it is long past: `anniversary of`, `in the Soviet era`."""
    if any(above.lemma_ in _background() for above in upward(candidate.token)):
        return True
    beside = [child for child in candidate.governor.children if child.dep_ in _BESIDE]
    phrases = (candidate.token.doc[child.left_edge.i : child.right_edge.i + 1] for child in beside)
    return any(phrase.text.lower() in _background() for phrase in phrases)


def _stated(candidate: EventCandidate) -> Iterator[str]:
    """Yield what the cues say, from the event outwards."""
    token = candidate.token
    verbal = candidate.carrier is None and is_verb(token)
    if is_noun(token):
        yield from _modifier_cues(token)
    if verbal:
        yield from own_cues(token)
    if candidate.trigger.event_type == "ASSAULT" and cues("complement").get(token.lemma_) in {
        "planned",
        "hypothetical",
    }:
        yield "hypothetical"  # a plot is no attack yet
    presupposed = not verbal and _is_presupposed(token)
    walk = _Walk(candidate, token, presupposed)
    for above in upward(token):
        if not _goes_on(walk.below, above):
            break
        yield from _governing_cues(walk, above)
        if _is_own_event(walk, above):
            return
        if is_verb(above):
            walk.path.clear()
        else:
            walk.path.insert(0, above.lower_)
        walk.below = above
    if walk.below.dep_ == "ROOT" and not presupposed and is_asked(token):
        yield "hypothetical"


def _modifier_cues(noun: Token) -> Iterator[str]:
    """Yield what the words before an event noun make of it: `no`, `planned`, `possible`."""
    modifiers = cues("modifier")
    for child in noun.lefts:
        if child.lower_ in {"no", "neither"}:
            yield "negated"
        if child.dep_ in {"amod", "det", "compound", "advmod"} and (cue := modifiers.get(child.lower_)):
            yield cue


def _goes_on(below: Token, above: Token) -> bool:
    """Tell whether what stands above decides on what stands below."""
    if below.dep_ in {"relcl", "advcl"} and is_infinitive(below):
        return True
    if below.dep_ == "advcl":
        return is_verb(above) and _depends_on_main(below)
    return below.dep_ in _COMPLEMENT_DEPS or (is_verb(above) and below.dep_ == "nsubj")


def _depends_on_main(clause: Token) -> bool:
    """Tell whether an adverbial clause happens only if its main clause does: `would attack, killing many`."""
    return clause.tag_ == "VBG" and not any(child.dep_ == "mark" for child in clause.children)


def _governing_cues(walk: _Walk, above: Token) -> Iterator[str]:
    below = walk.below
    if is_infinitive(below) and below.dep_ in _INFINITIVE_DEPS:
        yield from _infinitive_cues(walk, above)
        if below.dep_ in {"advcl", "relcl"}:
            return
    elif below.dep_ not in {"conj", "nsubj", "advcl"} and (cue := _complement_cue(walk, above)):
        yield cue
    if not is_verb(above):
        yield from _noun_cues(walk, above)
        return
    if below.dep_ in {"nsubj", "nsubjpass"}:
        yield from _predicate_cues(above)
    if (below.dep_ in _ARGUMENT_DEPS or above == walk.event.carrier) and _reaches(walk, above):
        yield from own_cues(above)


def _infinitive_cues(walk: _Walk, governor: Token) -> Iterator[str]:
    """Yield what an infinitive means below its governor: `managed to`, `yet to`, `the first to`; mostly a plan."""
    if governor.lemma_ == "have" and any(child.lower_ == "yet" for child in governor.children):
        yield "negated"
    stated = cues("infinitive").get(governor.lemma_) or _complement_cue(walk, governor)
    if any(c.tag_ == "JJS" or c.lower_ in _COUNTING for c in (governor, *governor.children)):
        stated = stated or "asserted"  # `the first to attack`, `the highest official to visit`
    if stated is None and walk.event.trigger.event_type in _SPOKEN and tells_past(governor):
        return  # who gathered to protest did so, who met to discuss did so
    if stated != "asserted":
        yield stated or "planned"


def _complement_cue(walk: _Walk, above: Token) -> str | None:
    """Return what a governing word makes of the event below it."""
    below = walk.below
    if not is_verb(above):
        scope = cues("complement", *(_ANY if above.tag_.startswith(("NN", "JJ")) else ("ADP",)))
        return scope.get(" ".join([above.lower_, *walk.path])) or scope.get(above.lower_) or scope.get(above.lemma_)
    if below.dep_ == "xcomp" and (above.lemma_ == "be" or (above.lemma_ == "go" and above.tag_ == "VBG")):
        return "planned"  # `is to visit`, `is going to attack`
    found = cues("complement", "VERB", "ADJ")
    particles = [child.lower_ for child in above.children if child.dep_ in {"prt", "prep"} and child.i <= below.i]
    phrases = [" ".join([above.lemma_, *walk.path]), *(f"{above.lemma_} {particle}" for particle in particles)]
    stated = next((cue for phrase in phrases if (cue := found.get(phrase))), None) or found.get(above.lemma_)
    told = below.dep_ == "ccomp" and tells_past(below)
    return None if told and stated in {"planned", "demanded"} else stated


def _noun_cues(walk: _Walk, above: Token) -> Iterator[str]:
    """Yield `negated` for `no sign of an attack`."""
    if is_noun(above) and not walk.presupposed and any(child.lower_ == "no" for child in above.lefts):
        yield "negated"


def _predicate_cues(verb: Token) -> Iterator[str]:
    """Yield what is said of an event that is the subject: `talks are due`, `an attack is likely`."""
    found = cues("complement", "ADJ")
    for child in verb.children:
        if child.dep_ == "acomp" and (cue := found.get(child.lower_)):
            yield cue


def _reaches(walk: _Walk, verb: Token) -> bool:
    """Tell whether the cues of a verb's clause hold for the event below it, too."""
    if verb == walk.event.carrier:
        return True
    if walk.below.dep_ == "prep" and is_verb(walk.event.token):
        return walk.below.lower_ == "by"  # `would hurt them by attacking`, but `was not punished for attacking`
    if walk.presupposed:
        return walk.below.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_ in cues("occurrence")
    return True


def _is_own_event(walk: _Walk, above: Token) -> bool:
    """Tell whether the event is beyond what the words above say of others: `call for a probe into the killing`."""
    below = walk.below
    if below.dep_ == "prep":
        if below.lower_ in _ADJUNCT:
            return True
        return is_noun(above) and below.lower_ != "of" and above.lemma_ not in cues("complement")
    handled = walk.presupposed and is_verb(above) and above != walk.event.carrier
    return handled and below.dep_ in {"dobj", "pobj"} and above.lemma_ not in cues("occurrence")
