"""How the words of event mentions hang together: causes and effects in a sentence, words that point back or elsewhere.

Belongs here: what the syntax around one or two mentions says. Does not belong here: what they tell (`linkage.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.lexicons import triggers_by_head
from seeds.retelling import load_retelling
from tasks.nlp.weapons import weapon_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.triggers import EventCandidate

_WHEN = frozenset({"when", "after", "as"})
_BY_MEANS_OF = frozenset({"in", "of", "by", "during", "from", "with", "amid"})
_THROUGH = ("in", "by", "during", "from")
_LONGEST_CHAIN = 6
"""Words from an effect down to its cause: `killed in a series of strikes`."""
_SHARED = frozenset({"the", "this", "that", "these", "those"})


def joined(a: EventDraft, b: EventDraft) -> bool:
    """Tell whether the syntax makes two mentions one event: a cause and its effect, the dead and the wounded."""
    if a.sentence_start != b.sentence_start:
        return False
    one, other = a.candidate, b.candidate
    if _consequence(one, other) or _consequence(other, one):
        return True
    return coordinate(one.token, other.token) and {kind(a), kind(b)} == {"killed", "wounded"}


def kind(draft: EventDraft) -> str:
    """Return `killed` or `wounded` for words that say whom an event harmed, `act` for others."""
    return next(iter(draft.candidate.trigger.casualties), "act")


def reference(candidate: EventCandidate) -> str:
    """Return how a mention refers: `the`, `whose`, `a` and `bare` nouns, or a verb."""
    token = candidate.token
    if not token.tag_.startswith("NN") and candidate.trigger.pos != "NOUN":
        return "means" if any(_is_known_means(word) for word in _causes(candidate)) else "verb"
    for child in (*token.lefts, *(token.doc[candidate.start].lefts if candidate.start < token.i else ())):
        if child.lower_ in _SHARED:
            return "the"
        if child.dep_ == "poss":
            return "whose"
        if child.dep_ in {"det", "nummod"}:
            return "a"
    return "bare"


def bare_noun(candidate: EventCandidate) -> bool:
    """Tell whether a mention is a noun that nothing makes definite, counted or somebody's: `kidnappings`, `torture`."""
    noun = candidate.token.tag_.startswith("NN") and candidate.trigger.pos == "NOUN"
    return noun and reference(candidate) == "bare"


def _causes(candidate: EventCandidate) -> Iterator[Token]:
    """Yield the words of what brought an effect about: `the blast damaged`, `killed in the attack`, `it destroyed`."""
    yield from candidate.slots.get("subj", ())
    for preposition in _THROUGH:
        yield from candidate.slots.get(preposition, ())


def _is_known_means(word: Token) -> bool:
    """Tell whether a word stands for violence told of before: `the blast`, `it`."""
    if word.lower_ in {"it", "this"}:
        return True
    violent = word.lemma_ in weapon_lemmas() or any(
        t.event_type == "ASSAULT" for t in triggers_by_head().get((word.lemma_, "NOUN"), ())
    )
    return violent and any(child.lower_ in _SHARED for child in word.lefts)


def set_apart(candidate: EventCandidate) -> bool:
    """Tell whether words set an event apart from those before: `another attack`, `in a separate incident`."""
    words = load_retelling()
    token = candidate.token
    for anchor in (token, candidate.governor):
        for child in anchor.children:
            if child.lower_ in words.near or any(grand.lower_ in words.near for grand in child.lefts):
                return True
            if child.dep_ == "prep" and any(g.lower_ in words.near for obj in child.children for g in obj.lefts):
                return True
    start = token.sent.start
    return any(word.lower_ in words.opener for word in token.doc[start : min(start + 2, token.i)])


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


def coordinate(a: Token, b: Token) -> bool:
    """Tell whether two words are joined by `and`."""
    return (b.dep_ == "conj" and b.head == a) or (a.dep_ == "conj" and a.head == b)
