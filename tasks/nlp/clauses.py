"""What a clause says of its own verb: negated, modal, conditional, asked, ordered, or told as done.

Belongs here: the words inside one clause, and its form. Does not belong here: what governs the clause (`modality.py`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_modality
from tasks.nlp.syntax import is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_NONE = frozenset({"nobody", "none", "nothing", "neither"})
_ASKED_OF_WHAT_HAPPENED = frozenset({"why", "how", "who", "whom", "where", "when", "which"})
_INVERTED = frozenset({"had", "were", "should"})
_AUXILIARIES = {"'d": "would", "'ll": "will", "wo": "will", "ca": "can", "sha": "shall"}
_BEFORE_ORDER = 2
"""Words, quotation marks and the like, that may stand before the verb of an order."""


@cache
def cues(scope: str, *parts: str) -> Mapping[str, str]:
    """Return lemma to modality for the cues of a scope, of some parts of speech or of all."""
    return {
        cue.lemma: cue.modality for cue in load_modality() if cue.scope == scope and (not parts or cue.pos in parts)
    }


def own_cues(verb: Token) -> Iterator[str]:
    """Yield what a clause says of its own verb, negation first."""
    children = list(verb.children)
    if any(child.dep_ == "neg" for child in children) or any(_is_none(child) for child in children):
        yield "negated"
    if _tells_future(verb, children):
        yield "planned"
    else:
        yield from _word_cues(children)
    if _is_inverted(verb, children):
        yield "hypothetical"
    if _is_order(verb, children):
        yield "demanded"
    if verb.dep_ == "ROOT" and is_infinitive(verb):
        yield "planned"  # a headline: `Canada to send troops`
    if verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS or child.dep_ == "aux" for child in children):
        yield from _shared_cues(verb)


def _word_cues(children: Sequence[Token]) -> Iterator[str]:
    adverbs, auxiliaries, marks = cues("clause", "ADV"), cues("clause", "AUX"), cues("clause", "MARK")
    for child in children:
        if child.dep_ in {"advmod", "preconj", "cc", "npadvmod"} and (cue := adverbs.get(child.lower_)):
            yield cue
        if child.dep_ == "mark" and (cue := marks.get(child.lower_)):
            yield cue
        if child.dep_ == "aux" and (cue := auxiliaries.get(_auxiliary(child))) and not _plain_no(child, children):
            yield cue


def _tells_future(verb: Token, children: Sequence[Token]) -> bool:
    """Tell whether `would` is the `will` of reported speech: `announced that it would begin`."""
    if verb.dep_ != "ccomp" or verb.head.tag_ not in {"VBD", "VBN"} or any(_is_condition(c) for c in children):
        return False
    return any(child.dep_ == "aux" and _auxiliary(child) == "would" for child in children)


def _is_condition(clause: Token) -> bool:
    return clause.dep_ == "advcl" and any(child.lower_ in {"if", "unless"} for child in clause.children)


def _auxiliary(token: Token) -> str:
    word = token.lower_.replace("\u2019", "'")
    return _AUXILIARIES.get(word, word) if token.tag_ == "MD" else word


def _shared_cues(verb: Token) -> Iterator[str]:
    """Yield what the modals say that a coordinate verb shares: `may have been killed or wounded`."""
    first = verb.head
    if not is_verb(first) or first.tag_ != verb.tag_ or verb.tag_ not in {"VB", "VBN"}:
        return
    yield from _word_cues([child for child in first.children if child.tag_ == "MD"])


def is_infinitive(verb: Token) -> bool:
    """Tell whether a verb is named rather than told: `to attack`; `to have attacked` says that it is over."""
    words = {child.lower_: child for child in verb.children if child.dep_ == "aux"}
    return "to" in words and not {"have", "having"} & words.keys()


def tells_past(verb: Token) -> bool:
    """Tell whether a finite clause tells what was done: `attacked`, `had attacked`, `were attacked`."""
    if verb.tag_ == "VBD":
        return True
    return verb.tag_ == "VBN" and any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ == "VBD" for child in verb.children
    )


def is_asked(token: Token) -> bool:
    """Tell whether the sentence asks if it happened; `why did they attack?` takes that for granted."""
    sentence = token.sent
    last = next((word for word in reversed(sentence[-3:]) if not word.is_space and not word.is_quote), None)
    return last is not None and last.text == "?" and not any(w.lower_ in _ASKED_OF_WHAT_HAPPENED for w in sentence)


def _is_none(child: Token) -> bool:
    """Tell whether a subject says that nobody did it: `no soldiers were killed`, `none of them was hurt`."""
    if child.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return False
    return child.lower_ in _NONE or any(word.lower_ in {"no", "neither"} for word in child.lefts)


def _plain_no(modal: Token, siblings: Sequence[Token]) -> bool:
    """Tell whether a modal only gives a no its tense: `would not say`."""
    return modal.lower_ == "would" and any(child.dep_ == "neg" for child in siblings)


def _is_inverted(verb: Token, children: Sequence[Token]) -> bool:
    """Tell whether a clause is a condition by its order: `Had they attacked, ...`."""
    if verb.dep_ != "advcl":
        return False
    auxiliary = next((c for c in children if c.dep_ in {"aux", "auxpass"}), None)
    subject = next((c for c in children if c.dep_ in _SUBJECTS), None)
    return (
        auxiliary is not None
        and subject is not None
        and auxiliary.i < subject.i
        and auxiliary.lower_ in _INVERTED
        and not any(child.dep_ in {"mark", "advmod"} and child.i < auxiliary.i for child in children)
    )


def _is_order(verb: Token, children: Sequence[Token]) -> bool:
    """Tell whether a clause orders: a bare verb without a subject begins it."""
    if verb.tag_ != "VB" or any(child.dep_ in _SUBJECTS or child.dep_ == "aux" for child in children):
        return False
    before = verb.doc[verb.sent.start : verb.i]
    plain = all(word.lower_ == "please" or word.is_punct or word.is_space for word in before)
    return plain and len(before) <= _BEFORE_ORDER
