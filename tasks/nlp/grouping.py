"""Which event mentions of one article report the same event.

Sentence by sentence, mentions that the syntax joins (`joins.py`) are one unit; weighed evidence (`linkage.py`) says
which of the events told before it reports, or that it is a new one. Events that turn out to be one when all is told,
headline and recap, are joined at the end.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.vocabulary import EVENT_MODALITIES
from tasks.nlp.joins import joined
from tasks.nlp.linear import read_model
from tasks.nlp.linkage import Story, agreements, contradicts, features

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.linear import LinearModel

WEIGHTS = Path(__file__).parents[2] / "seeds" / "weights" / "events.tsv"
"""Where the weights of the features lie."""

_ENOUGH = 2
_PLAIN = 0.74
"""Likelihood from which a word without any argument is an event all the same."""
_MOST_EVENTS = 200
"""Events that are joined when all is told; an article with more is a list."""
_LATEST, _FIRST = 24, 8
"""Events of one type that a mention is compared with: those told last, and the first of the article."""


class Shelf:
    """The events of one type that an article has told of, the latest last."""

    def __init__(self) -> None:
        """Begin with none."""
        self._stories: dict[int, Story] = {}
        self._first: list[Story] = []

    def options(self) -> list[Story]:
        """Return the events that a mention may report, the one told last first."""
        latest = list(islice(reversed(self._stories.values()), _LATEST))
        known = {story.index for story in latest}
        return latest + [story for story in self._first if story.index not in known]

    def tell(self, story: Story, draft: EventDraft) -> None:
        """Add a mention to an event, which is then the latest."""
        story.add(draft)
        if self._stories.pop(story.index, None) is None and len(self._first) < _FIRST:
            self._first.append(story)
        self._stories[story.index] = story


class Shelves:
    """The events of an article by type and standing: what happened, and what is only planned or demanded."""

    def __init__(self) -> None:
        """Begin with none."""
        self._shelves: dict[tuple[str, bool], Shelf] = {}

    @staticmethod
    def key(draft: EventDraft) -> tuple[str, bool]:
        """Return what a mention's event has in common with all that it may be."""
        return draft.event_type, draft.modality in {"asserted", "historical"}

    def of(self, draft: EventDraft) -> Shelf:
        """Return where the events lie that a mention may report."""
        return self._shelves.setdefault(self.key(draft), Shelf())


def group(drafts: Sequence[EventDraft], order_of_sentence: Mapping[int, int]) -> None:
    """Set `event` of every mention that reports an event, to the index of the event's earliest mention.

    `order_of_sentence` numbers the sentences by the index of their first token.
    """
    numbered = [
        (index, draft)
        for index, draft in enumerate(drafts)
        if draft.modality in EVENT_MODALITIES and not draft.is_total
    ]
    shelves, stories = Shelves(), []
    for _, sentence in groupby(numbered, key=lambda item: item[1].sentence_start):
        for unit in _units(list(sentence)):
            told = [draft for _, draft in unit]
            shelf = shelves.of(told[0])
            story = _story_of(shelf.options(), told, order_of_sentence)
            if story is None:
                story = Story(unit[0][0])
                stories.append(story)
            for draft in told:
                shelf.tell(story, draft)
                draft.event = story.index
    _join_retold(stories[:_MOST_EVENTS])


def _units(sentence: Sequence[tuple[int, EventDraft]]) -> Iterable[list[tuple[int, EventDraft]]]:
    """Return the mentions of a sentence, those together that the syntax joins."""
    units: list[list[tuple[int, EventDraft]]] = []
    for item in sentence:
        draft = item[1]
        near = [
            unit
            for unit in units
            if Shelves.key(unit[0][1]) == Shelves.key(draft) and any(joined(other, draft) for _, other in unit)
        ]
        units = [unit for unit in units if unit not in near]
        units.append(sorted([*(other for unit in near for other in unit), item], key=lambda item: item[0]))
    return sorted(units, key=lambda unit: unit[0][0])


def _story_of(options: Sequence[Story], told: Sequence[EventDraft], order: Mapping[int, int]) -> Story | None:
    """Return the event that joined mentions report, if it is one of those told before."""
    scored = [
        (max(_score(story, draft, order, latest=number == 0) for draft in told), -number, story)
        for number, story in enumerate(options)
        if not any(contradicts(story, draft) for draft in told)
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else None


def _score(story: Story, draft: EventDraft, order: Mapping[int, int], *, latest: bool) -> float:
    gap = order[draft.sentence_start] - order[story.told[-1].sentence_start]
    return _model().scores(features(story, draft, gap, latest=latest))[0]


@cache
def _model() -> LinearModel:
    return read_model(WEIGHTS, ("weight",))


def _join_retold(stories: Sequence[Story]) -> None:
    """Join events that turn out to be one when all is told: headline and lead, lead and recap."""
    kept: dict[tuple[str, bool], list[Story]] = {}
    for story in stories:
        alike = kept.setdefault(Shelves.key(story.told[0]), [])
        earlier = next((known for known in alike if _retold(known, story)), None)
        if earlier is None:
            alike.append(story)
            continue
        for draft in story.told:
            draft.event = earlier.index
            earlier.add(draft)


def _retold(known: Story, story: Story) -> bool:
    return not any(contradicts(known, draft) for draft in story.sample) and agreements(known, story) >= _ENOUGH


def without_bare_words(drafts: Sequence[EventDraft]) -> Iterator[EventDraft]:
    """Yield the mentions that tell something: `talks` with no party, place or day reports nothing by itself.

    A bare word stays where it speaks of an event that another mention tells of, or where it can mean nothing else.
    """
    sizes: Counter[int | None] = Counter(draft.event for draft in drafts if draft.event is not None)
    for draft in drafts:
        told = draft.actors or draft.recipients or draft.place or draft.occurred or draft.tolls
        if told or draft.candidate.likelihood >= _PLAIN or sizes.get(draft.event, 0) > 1:
            yield draft
