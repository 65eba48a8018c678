"""Who says that an event happened."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_reporting
from tasks.nlp.syntax import is_verb, logical_slots, upward

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.triggers import EventCandidate


@cache
def _reporting_verbs() -> frozenset[str]:
    return frozenset(verb.lemma for verb in load_reporting())


def is_reporting(verb: Token) -> bool:
    """Tell whether a verb is one of saying: `say`, `tell`, `claim`."""
    return verb.lemma_ in _reporting_verbs()


def attribution(candidate: EventCandidate, index: MentionIndex) -> Mention | None:
    """Return who says that it happened, where the sentence names the speaker."""
    below = candidate.token
    for above in upward(candidate.token):
        if is_verb(above) and is_reporting(above) and below.dep_ in {"ccomp", "parataxis", "dep", "advcl", "conj"}:
            for speaker in logical_slots(above).get("subj", []):
                if (mention := index.at(speaker)) is not None:
                    return mention
        below = above
    for token in below.subtree:
        if token.lower_ == "according":
            for child in (grandchild for to in token.children for grandchild in to.children):
                if (mention := index.at(child)) is not None:
                    return mention
    return None
