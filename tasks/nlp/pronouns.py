"""Pronouns that resolve safely: to the one person, or the one body, that the sentences before leave possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.actors import state_actor
from seeds.countries import country_name
from tasks.nlp.mentions import Mention
from tasks.nlp.syntax import clause_verb, is_verb, upward

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from tasks.nlp.mentions import MentionIndex

_REACH = 120
"""Words back to which a referent is looked for, however long the sentences are."""
_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_PLURAL = frozenset({"they", "them", "their"})
_BODY = frozenset({"it", "its"})
_SPEAKER = frozenset({"i", "we", "my", "our"})
_SAYING = frozenset({"say", "tell", "add", "state", "declare", "announce", "insist", "warn", "write"})
_CLAUSES = 2
"""Clauses above its own in which the subject that `its` means is looked for."""
_IMPERSONAL = frozenset({"be", "seem", "appear", "become", "take", "rain", "snow", "happen", "matter", "remain"})
"""Verbs whose `it` may stand for nothing: `it is important to`."""


def find_pronouns(doc: Doc, index: MentionIndex) -> list[Mention]:
    """Return the pronouns of the third person whose referent is clear, with its identity."""
    found = []
    for token in doc:
        if token.lower_ in _PERSON:
            referent = _person_before(token, index)
        elif token.lower_ in _PLURAL:
            referent = _subject_before(token, index)
        elif token.lower_ in _BODY:
            referent = _body_above(token, index)
        elif token.lower_ in _SPEAKER:
            referent = _speaker(token, index)
        else:
            continue
        if referent is not None and referent.key is not None:
            found.append(_pronoun(token, referent))
    return found


def _pronoun(token: Token, referent: Mention) -> Mention:
    """Return the mention of a pronoun; a country that does something is its government."""
    actor, key, entity_type = referent.actor, referent.key, referent.entity_type
    if entity_type == "place" and referent.country:
        actor = state_actor(referent.country, country_name(referent.country), "GOV")
        key, entity_type = f"actor:{actor.key}", actor.entity_type
    return Mention(
        token.i, token.i + 1, token.i, "pronoun", entity_type, token.text,
        actor=actor, country=referent.country, sector=actor.sector if actor else referent.sector,
        key=key, score=round(referent.score * 0.7, 3), antecedent=referent.antecedent or referent,
    )  # fmt: skip


def _body_above(token: Token, index: MentionIndex) -> Mention | None:
    """Return the body or country that is subject of the clause above: `Lebanon said it would`, `Russia moved its`."""
    verb = clause_verb(token)
    if token.dep_ in {"nsubj", "nsubjpass"}:
        if verb.lemma_ in _IMPERSONAL or verb.dep_ not in {"ccomp", "advcl", "conj", "parataxis"}:
            return None
        verb = verb.head
    for above in (verb, *upward(verb, _CLAUSES)):
        if subjects := [child for child in above.children if child.dep_ == "nsubj" and child.i < token.i]:
            mention = index.at(subjects[-1])
            return mention if mention is not None and _is_body(mention) else None
    return None


def _is_body(mention: Mention) -> bool:
    if mention.entity_type == "place":
        return mention.place is not None and mention.place.kind == "country"
    return mention.entity_type in {"organization", "group"} and mention.kind != "pronoun"


def _speaker(token: Token, index: MentionIndex) -> Mention | None:
    """Return the person who says the quoted clause that `I` or `we` stands in."""
    below = token
    for above in upward(token):
        if is_verb(above) and above.lemma_ in _SAYING and below.dep_ in {"ccomp", "parataxis"}:
            subject = next((child for child in above.children if child.dep_ == "nsubj"), None)
            mention = index.at(subject) if subject is not None else None
            return mention if mention is not None and mention.entity_type == "person" else None
        below = above
    return None


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
