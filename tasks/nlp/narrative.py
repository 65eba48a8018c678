"""When an event happened that no word of its own sentence dates: on the day that the story is telling of.

`Gunmen stormed the office on Monday. Two guards were killed.` A story goes on with its day from one simple past to the
next, until a sentence turns elsewhere (`meanwhile`, `had earlier`, `another attack`) or names another time. The
further the day was named, the less certain it is. Does not belong here: times of the event's own sentence (`when.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.nlp.drafts import VIOLENT
from tasks.nlp.syntax import clause_verb, is_verb
from tasks.nlp.when import contemporary, is_event_noun, speaks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from tasks.nlp.dating import DatedToken
    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.records import Days
    from tasks.nlp.triggers import EventCandidate

_REACH = 6
"""Sentences after which the day that a story told of is no longer trusted."""
_BESIDE, _NEXT, _STEP, _PARAGRAPH = 0.55, 0.65, 0.9, 0.9
_LEAST, _TOGETHER = 0.35, 0.7
_QUOTES = frozenset({'"', "\u201c", "``"})
"""Marks of speech, in which nothing is told in order."""

_FRESH = 60
"""Days before publication; what a story says of longer ago is background, told without going on."""

_ELSEWHERE = frozenset(
    "meanwhile elsewhere previously formerly separately another other others similar separate earlier ago since "
    "recently recent already ever never once always often years decades".split()
)
"""Words of a sentence that turns from what was told to something else."""


@dataclass(frozen=True, slots=True)
class _Told:
    """The day that a story was telling of in a sentence, by its number and its paragraph."""

    sentence: int
    paragraph: int
    days: Days


class Narrative:
    """What the story told of, sentence by sentence."""

    def __init__(self, doc: Doc, dated: Sequence[DatedToken], published_on: dt.date | None) -> None:
        """Go through the sentences of an article and its times, as from `dating.dated_tokens`."""
        self._number: dict[int, int] = {}
        self._paragraph: list[int] = []
        self._told: list[_Told | None] = []
        pending = list(reversed(dated))
        paragraph, told = 0, None
        for number, sentence in enumerate(doc.sents):
            here = []
            while pending and pending[-1].head.i < sentence.end:
                here.append(pending.pop())
            self._number[sentence.start] = number
            self._paragraph.append(paragraph)
            days = [item.days for item in here if _narrates(item, published_on)]
            told = _Told(number, paragraph, days[-1]) if days else told
            self._told.append(told)
            paragraph += sentence.text_with_ws.count("\n") > 0

    def day_of(self, draft: EventDraft) -> tuple[Days, float] | None:
        """Return the day that the story has reached at an event, with how certain it is that it is the event's."""
        token = draft.candidate.token
        number = self._number[token.sent.start]
        told = self._told[number]
        if told is not None and told.sentence == number:
            aside = clause_verb(token).dep_ in {"relcl", "acl"}
            return (told.days, _BESIDE) if _goes_on(draft.candidate) and not aside else None
        if told is None or number - told.sentence > _REACH or not _goes_on(draft.candidate):
            return None
        if any(word.lower_ in _ELSEWHERE or word.text in _QUOTES for word in token.sent):
            return None
        certainty = _NEXT * _STEP ** (number - told.sentence - 1)
        certainty *= _PARAGRAPH ** (self._paragraph[number] - told.paragraph)
        return (told.days, round(certainty, 3)) if certainty >= _LEAST else None


def _narrates(item: DatedToken, published_on: dt.date | None) -> bool:
    """Tell whether a time dates what the story tells: a day past, of something done and not only said."""
    if item.days.precision != "day":
        return False
    if published_on is not None and not 0 <= (published_on - item.days.first).days <= _FRESH:
        return False
    verb = item.anchor if is_verb(item.anchor) or is_event_noun(item.anchor) else clause_verb(item.anchor)
    return is_verb(verb) and not speaks(verb) and (_is_simple_past(verb) or verb.dep_ == "acl")


def _goes_on(event: EventCandidate) -> bool:
    """Tell whether an event is told in the simple past: `guards died in the explosion`."""
    verb = next((word for word, certainty in contemporary(event) if is_verb(word) and certainty > _TOGETHER), None)
    return verb is not None and not speaks(verb) and _is_simple_past(verb)


def _is_simple_past(verb: Token) -> bool:
    auxiliaries = [child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(word in {"has", "have", "had", "having", "will", "would", "may", "could", "can"} for word in auxiliaries):
        return False
    if verb.tag_ == "VBD" or "was" in auxiliaries or "were" in auxiliaries:
        return True
    joined = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
    return joined and is_verb(verb.head) and verb.head != verb and _is_simple_past(verb.head)


def continue_story(
    doc: Doc, drafts: Sequence[EventDraft], dated: Sequence[DatedToken], published_on: dt.date | None
) -> None:
    """Give the deeds that no sentence dates the day that the story tells of where it tells of them."""
    narrative = Narrative(doc, dated, published_on)
    known = {draft.event for draft in drafts if draft.occurred is not None}
    for draft in drafts:
        if (
            draft.event is None
            or draft.event in known
            or draft.modality != "asserted"
            or draft.event_type not in VIOLENT
        ):
            continue
        if found := narrative.day_of(draft):
            draft.occurred, draft.date_certainty = found
