"""Who says that an event happened; None where the article itself does.

Nearest first: a verb of saying above the event, an accusation, a claim of responsibility, `according to`, the speaker
beside a headline, and for a sentence inside quotation marks the speaker of the quotation. A speaker whom nothing
identifies leaves the word to the next one out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_reporting
from tasks.nlp.syntax import is_verb, logical_slots, upward

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.triggers import EventCandidate

_SAID = frozenset({"ccomp", "parataxis", "dep", "advcl", "conj"})
_ACCUSING = frozenset({"accuse", "blame", "charge", "suspect", "denounce", "condemn"})
_OF_WHAT = frozenset({"of", "for", "with"})
_SPEAKERS = frozenset({"person", "organization", "group"})
_DASHES = frozenset({"-", "\u2013", "\u2014", "--"})
_LONGEST_SPEAKER = 5
"""Words beside a headline that name who says it."""
_REACH = 3
"""Sentences over which a quotation keeps its speaker."""


@cache
def _reporting_verbs() -> frozenset[str]:
    return frozenset(verb.lemma for verb in load_reporting())


def is_reporting(verb: Token) -> bool:
    """Tell whether a verb is one of saying: `say`, `tell`, `claim`."""
    return verb.lemma_ in _reporting_verbs()


def attribution(candidate: EventCandidate, index: MentionIndex) -> Mention | None:
    """Return who says that it happened, where the text tells."""
    token = candidate.token
    found = (mention for mention in _speakers(candidate, index) if mention.key is not None)
    return next(found, None) or _quoted(token, index)


def _speakers(candidate: EventCandidate, index: MentionIndex) -> Iterator[Mention]:
    carrier = candidate.carrier
    if carrier is not None and candidate.light is not None and candidate.light.lemma.startswith("claim"):
        yield from _subjects(carrier, index)
    below = candidate.token
    for above in upward(candidate.token):
        if is_verb(above) and _says(above, below):
            yield from _subjects(above, index)
        below = above
    yield from _according_to(below, index)
    yield from _beside_headline(candidate.token.sent, candidate.token, index)


def _says(verb: Token, below: Token) -> bool:
    """Tell whether what hangs below a verb is what its subject says: `said that`, `accused them of`."""
    if below.dep_ == "prep":
        return verb.lemma_ in _ACCUSING and below.lower_ in _OF_WHAT
    return below.dep_ in _SAID and is_reporting(verb)


def _subjects(verb: Token, index: MentionIndex) -> Iterator[Mention]:
    for speaker in logical_slots(verb).get("subj", []):
        nobody = any(child.lower_ == "no" for child in speaker.lefts)
        if not nobody and (mention := index.at(speaker)) is not None:
            yield mention


def _according_to(root: Token, index: MentionIndex) -> Iterator[Mention]:
    for token in root.subtree:
        if token.lower_ == "according":
            for child in (grandchild for to in token.children for grandchild in to.children):
                if (mention := index.at(child)) is not None:
                    yield mention


def _beside_headline(sentence: Span, event: Token, index: MentionIndex) -> Iterator[Mention]:
    """Yield the speaker before a colon or behind a dash: `Army: rebels attack post`, `Blast kills two - police`."""
    doc = sentence.doc
    for colon in doc[sentence.start + 1 : min(sentence.start + _LONGEST_SPEAKER, event.i)]:
        if colon.text == ":":
            yield from _speaker_at(doc[colon.i - 1], index)
    end = sentence.end
    while end > sentence.start and (doc[end - 1].is_space or doc[end - 1].text == "."):
        end -= 1
    for dash in doc[max(event.i, end - _LONGEST_SPEAKER) : end - 1]:
        if dash.text in _DASHES and not any(is_verb(word) for word in doc[dash.i : end]):
            yield from _speaker_at(doc[end - 1], index)


def _speaker_at(token: Token, index: MentionIndex) -> Iterator[Mention]:
    mention = index.at(token)
    if mention is not None and mention.entity_type in _SPEAKERS:
        yield mention


def _quoted(event: Token, index: MentionIndex) -> Mention | None:
    """Return the speaker of the quotation that a sentence of its own stands in."""
    doc = event.doc
    if "quotations" not in doc.user_data:
        doc.user_data["quotations"] = _inside_quotation(doc)
    inside: list[bool] = doc.user_data["quotations"]
    if not inside[event.i]:
        return None
    for step in (1, -1) if inside[event.sent.end - 1] else (-1,):
        for sentence in _neighbours(event.sent, step):
            if step > 0 and not inside[sentence.start]:
                break
            found = [m for verb in sentence if is_verb(verb) and is_reporting(verb) for m in _subjects(verb, index)]
            persons = [mention for mention in found if mention.key is not None and mention.entity_type in _SPEAKERS]
            if persons:
                return persons[-1] if step < 0 else persons[0]
    return None


def _neighbours(sentence: Span, step: int) -> Iterator[Span]:
    """Yield the sentences before or after one in its paragraph, the nearest first."""
    doc = sentence.doc
    for _ in range(_REACH):
        beside = sentence.start - 1 if step < 0 else sentence.end
        border = beside if step < 0 else sentence.end - 1
        if not 0 <= beside < len(doc) or "\n" in doc[border].text:
            return
        sentence = doc[beside].sent
        yield sentence


def _inside_quotation(doc: Doc) -> list[bool]:
    """Tell of each token whether it stands between quotation marks; a paragraph closes them."""
    found, inside = [], False
    for token in doc:
        if "\n" in token.text:
            inside = False
        elif token.text == '"':
            inside = not inside
        elif token.text in {"“", "``"}:
            inside = True
        elif token.text in {"”", "''"}:
            inside = False
        found.append(inside)
    return found
