"""Pronouns that resolve safely: to the one person, or the one body, that the sentences before leave possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.nlp.mentions import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from tasks.nlp.mentions import MentionIndex

_REACH = 120
"""Words back to which a referent is looked for, however long the sentences are."""
_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_PLURAL = frozenset({"they", "them", "their"})


def find_pronouns(doc: Doc, index: MentionIndex) -> list[Mention]:
    """Return the pronouns of the third person whose referent is clear, with its identity."""
    found = []
    for token in doc:
        if token.lower_ in _PERSON:
            referent = _person_before(token, index)
        elif token.lower_ in _PLURAL:
            referent = _subject_before(token, index)
        else:
            continue
        if referent is not None and referent.key is not None:
            found.append(_pronoun(token, referent))
    return found


def _pronoun(token: Token, referent: Mention) -> Mention:
    return Mention(
        token.i, token.i + 1, token.i, "pronoun", referent.entity_type, token.text,
        actor=referent.actor, place=referent.place, country=referent.country, sector=referent.sector,
        key=referent.key, score=round(referent.score * 0.7, 3),
    )  # fmt: skip


def _near_before(token: Token, index: MentionIndex) -> list[Mention]:
    """Return the mentions of this sentence before the token, and of the sentence before, the nearest last."""
    sentence = token.sent
    before = token.doc[sentence.start - 1].sent if sentence.start else sentence
    start = max(before.start, token.i - _REACH)
    return [m for m in index.within(token.doc[start : token.i]) if m.kind != "pronoun"]


def _person_before(token: Token, index: MentionIndex) -> Mention | None:
    """Return the only person named near before, or the subject where there are several."""
    persons = [m for m in _near_before(token, index) if m.entity_type == "person"]
    if len({m.key for m in persons}) == 1:
        return persons[-1]
    subjects = [m for m in persons if token.doc[m.head].dep_ in {"nsubj", "nsubjpass"}]
    return subjects[-1] if len({m.key for m in subjects}) == 1 else None


def _subject_before(token: Token, index: MentionIndex) -> Mention | None:
    """Return the one body or group that is subject near before."""
    bodies = [
        m
        for m in _near_before(token, index)
        if m.entity_type in {"group", "organization"} and token.doc[m.head].dep_ in {"nsubj", "nsubjpass"}
    ]
    return bodies[-1] if len({m.key for m in bodies}) == 1 else None
