"""Questions about a parse: who is the subject, what hangs on which preposition, where does a phrase begin.

Works on spaCy's fine tags (`tag_`), dependency labels and lemmas; the coarse part of speech is not set in this
pipeline. Belongs here: syntax alone. Does not belong here: what a word means.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Span, Token

Slots = dict[str, list["Token"]]
"""Syntactic slot (`subj`, `obj`, `iobj`, `poss`, `comp`, or a preposition) to the heads of the phrases that fill it."""

MOST_CONJUNCTS = 40
"""Longer coordinations are lists, not parties of one event."""

_NEXT_VERB = 2
"""Tokens from a verb to the next of which it is told in one breath: `killed and`."""
_RELATIVE_TAGS = frozenset({"WDT", "WP"})
_LEFT_OF_NOUN = frozenset(
    {"det", "amod", "compound", "nummod", "nmod", "poss", "quantmod", "advmod", "predet", "neg", "case"}
)
_OBJECT_CONTROL = frozenset(
    [
        *("accuse", "arrest", "blame", "charge", "condemn", "convict", "criticise", "criticize", "detain", "deter"),
        *(
            "discourage",
            "dissuade",
            "fault",
            "force",
            "indict",
            "invite",
            "jail",
            "order",
            "persuade",
            "praise",
            "press",
        ),
        *(
            "pressure",
            "prevent",
            "prohibit",
            "push",
            "sentence",
            "stop",
            "suspect",
            "tell",
            "thank",
            "try",
            "urge",
            "warn",
        ),
    ]
)
"""Verbs whose object, not subject, is the one who does what the clause below them says."""

_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow"})
_REQUESTS = frozenset(
    {"appeal", "call", "command", "directive", "instruction", "invitation", "order", "plea", "request"}
)
"""Nouns for words to somebody who is to do something."""
_COMPLEX = frozenset({"according", "due", "prior", "thanks", "owing", "contrary", "because", "instead", "ahead"})
"""Words that make the preposition after them say something else: `according to`, `because of`."""
_TAKES_OVER = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep"})


def is_verb(token: Token) -> bool:
    """Tell whether the token is tagged as a verb form."""
    return token.tag_.startswith("VB")


def is_noun(token: Token) -> bool:
    """Tell whether the token is tagged as a common or proper noun."""
    return token.tag_.startswith("NN")


def coordinated(token: Token) -> list[Token]:
    """Return the token and what is coordinated with it to its right: `A, B and C` from A; at most MOST_CONJUNCTS."""
    found, unread = [token], [token]
    while unread and len(found) < MOST_CONJUNCTS:
        conjuncts = [child for child in unread.pop(0).rights if child.dep_ == "conj"]
        found.extend(conjuncts)
        unread.extend(conjuncts)
    return sorted(found[:MOST_CONJUNCTS], key=lambda conjunct: conjunct.i)


def phrase(head: Token) -> Span:
    """Return the noun phrase of a head without what follows it: determiners, numbers, modifiers, head."""
    start = head.i
    for child in head.lefts:
        if child.dep_ in _LEFT_OF_NOUN:
            start = min(start, child.left_edge.i)
    return head.doc[start : head.i + 1]


def antecedent(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, and any other token itself."""
    if token.tag_ in _RELATIVE_TAGS:
        clause = next((t for t in (token.head, *token.head.ancestors) if t.dep_ == "relcl"), None)
        if clause is not None:
            return clause.head
    return token


def is_passive(verb: Token) -> bool:
    """Tell whether the verb's syntactic subject is its logical object."""
    deps = {child.dep_ for child in verb.children}
    if deps & {"nsubjpass", "auxpass", "csubjpass"}:
        return True
    if verb.tag_ != "VBN" or deps & {"aux", "dobj"}:
        return False
    if verb.dep_ == "conj" and is_verb(verb.head) and "nsubj" not in deps:
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "amod", "advcl"}


def prepositional(head: Token) -> Slots:
    """Return preposition to the heads of its objects, for the prepositions that hang on a token."""
    slots: Slots = defaultdict(list)
    for preposition in head.children:
        if preposition.dep_ not in {"prep", "agent", "dative"}:
            continue
        for child in preposition.children:
            if child.dep_ in {"pobj", "pcomp"} and not is_verb(child):
                slots[preposition.lower_].extend(coordinated(child))
            elif child.dep_ == "prep" and preposition.lower_ not in _COMPLEX:
                for nested in child.children:
                    if nested.dep_ == "pobj":
                        slots[child.lower_].extend(coordinated(nested))
    return slots


def _own_slots(verb: Token) -> Slots:
    slots = prepositional(verb)
    passive = is_passive(verb)
    for child in verb.children:
        match child.dep_:
            case "nsubj" | "csubj":
                slots["obj" if passive and verb.tag_ == "VBN" else "subj"].extend(coordinated(child))
            case "nsubjpass" | "dobj":
                slots["obj"].extend(coordinated(child))
            case "dative" if not child.tag_.startswith(("IN", "TO")):
                slots["iobj"].extend(coordinated(child))
            case "oprd" | "attr":
                slots["attr"].extend(coordinated(child))
    if passive and "by" in slots:
        slots["subj"] = slots.pop("by")
    return slots


def _controller(verb: Token, depth: int) -> list[Token]:
    """Return who fills the slot that a verb leaves open, from what governs it."""
    head = verb.head
    if verb.dep_ == "amod" and verb.tag_ == "VBN" and is_noun(head):
        return [head]
    if verb.dep_ in {"acl", "relcl"} and is_noun(head):
        return _of_noun(head, depth) if verb.dep_ == "acl" and verb.tag_ == "VB" else [head]
    if verb.dep_ == "pcomp" and head.dep_ in {"prep", "agent"}:
        head = head.head
    if head.dep_ == "acomp" and verb.dep_ in {"xcomp", "ccomp", "pcomp"}:
        return logical_slots(head.head, depth - 1).get("subj", []) if is_verb(head.head) else []
    if head.dep_ == "amod" and verb.dep_ == "pcomp" and is_noun(head.head):
        return [head.head]
    if not is_verb(head) or head == verb or verb.dep_ not in _TAKES_OVER:
        return []
    above = logical_slots(head, depth - 1)
    passive = is_passive(head)
    by_object = (
        passive
        or (verb.dep_ in {"xcomp", "pcomp"} and head.lemma_ in _OBJECT_CONTROL)
        or (verb.dep_ == "xcomp" and head.lemma_ not in _SUBJECT_CONTROL)
    )
    return (above.get("obj") if by_object else None) or (above.get("subj", []) if not passive else [])


def _of_noun(noun: Token, depth: int) -> list[Token]:
    """Return whose `ability to strike` or `plan to attack` it is, or to whom the `order to attack` goes."""
    if noun.lemma_ in _REQUESTS and (asked := prepositional(noun).get("to") or prepositional(noun).get("on")):
        return asked
    return possessors(noun) or (logical_slots(noun.head, depth - 1).get("subj", []) if is_verb(noun.head) else [])


def logical_slots(verb: Token, depth: int = 4) -> Slots:
    """Return the logical slots of a verb: passives undone, relative pronouns replaced, missing subjects supplied.

    `subj` is who does it and `obj` to whom it is done, whatever the voice; prepositions go by their own name.
    `depth` bounds how far a missing subject is looked for.
    """
    slots = _own_slots(verb)
    own_subject = any(child.dep_ in {"nsubj", "nsubjpass", "csubj"} for child in verb.children)
    missing = "obj" if is_passive(verb) else "subj"
    if not own_subject and not slots.get(missing) and depth > 0:
        slots[missing].extend(_controller(verb, depth))
    if missing == "obj" and not slots.get("subj") and depth > 0:
        slots["subj"].extend(_shared_agent(verb))
    if verb.dep_ == "relcl" and own_subject and "obj" not in slots and not _has_relative(verb):
        slots["obj"].append(verb.head)
    if missing == "subj" and "obj" not in slots:
        slots["obj"].extend(_shared_object(verb))
    return {name: [antecedent(token) for token in tokens] for name, tokens in slots.items() if tokens}


def _shared_agent(verb: Token) -> list[Token]:
    """Return the by-agent that stands at a later verb of the same passive: `killed and wounded by rebels`."""
    later = [child for child in verb.children if child.dep_ == "conj" and child.tag_ == "VBN" and is_passive(child)]
    return [agent for child in later for agent in prepositional(child).get("by", [])]


def _shared_object(verb: Token) -> list[Token]:
    """Return the object that stands at the next of two verbs: `kidnapped and killed a priest`."""
    later = next((child for child in verb.rights if child.dep_ == "conj" and is_verb(child)), None)
    if later is None or later.i - verb.i > _NEXT_VERB or any(child.dep_ == "nsubj" for child in later.children):
        return []
    return [token for child in later.children if child.dep_ == "dobj" for token in coordinated(child)]


def _has_relative(verb: Token) -> bool:
    return any(token.tag_ in _RELATIVE_TAGS or token.tag_ == "WRB" for token in verb.subtree if token.i < verb.i)


def possessors(noun: Token) -> list[Token]:
    """Return what owns or names a noun from its left: `Israel's raid`, `US strikes`, `Taliban attack`, `its raid`."""
    found: list[Token] = []
    for child in noun.lefts:
        named = child.dep_ in {"compound", "nmod", "amod"} and child.tag_ in {"NNP", "NNPS", "JJ", "NN"}
        if child.dep_ == "poss" or named:
            found.extend(coordinated(child))
    return found


def clause_verb(token: Token) -> Token:
    """Return the verb of the clause that a token stands in, or the root of its sentence."""
    while token.dep_ != "ROOT" and token.head != token:
        if is_verb(token) and token.dep_ not in {"amod", "compound", "aux", "auxpass"}:
            return token
        token = token.head
    return token


def upward(token: Token, limit: int = 12) -> Iterator[Token]:
    """Yield the token's governors from the nearest up, at most `limit` of them."""
    for step, ancestor in enumerate(token.ancestors):
        if step >= limit:
            return
        yield ancestor


def first_filled(slots: Mapping[str, list[Token]], names: tuple[str, ...]) -> list[Token]:
    """Return the fillers of the first of these slots that has any."""
    return next((slots[name] for name in names if slots.get(name)), [])
