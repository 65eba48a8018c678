"""What speaks for and against a mention's reporting an event that the article has told of before.

Features only, each a readable `name=value`; how much each counts is in `seeds/weights/events.tsv`.
Does not belong here: how mentions are gathered into events (`grouping.py`), syntax (`joins.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from seeds.retelling import load_retelling
from tasks.nlp.joins import coordinate, kind, reference, set_apart
from tasks.nlp.points import DerivedPlace, may_be_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.nlp.arguments import Filler
    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.mentions import Mention
    from tasks.nlp.records import Days, Interval

_T = TypeVar("_T")
_MOST_TOLD = 8
"""Mentions, places, days and tolls of one event that another mention is compared with."""
_LEAD = 2
"""Sentences after a headline that tell it anew."""
_STEM = 5
"""Letters by which two words are of one family: `explode` and `explosion`."""
_GAPS = ((0, "0"), (1, "1"), (2, "2"), (4, "4"), (9, "9"))
_WIDE = frozenset({"country", "region"})
_NAMED = ("actor:", "person:", "org:")
_NUMBERS = {"NN": "+one", "NNP": "+one", "NNS": "+many", "NNPS": "+many", "CD": "+many"}
_NUMBER = frozenset(_NUMBERS.values())


@dataclass(slots=True)
class Story:
    """An event as an article has told of it so far; `index` is that of its first mention."""

    index: int
    told: list[EventDraft] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    killed: list[Interval] = field(default_factory=list)
    wounded: list[Interval] = field(default_factory=list)
    actors: set[str] = field(default_factory=set)
    recipients: dict[str, set[str]] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    plural: bool = False
    vague: bool = True

    def add(self, draft: EventDraft) -> None:
        """Take in what one more mention tells."""
        self.told.append(draft)
        _keep(self.places, draft.place)
        _keep(self.days, draft.occurred)
        if not draft.is_cumulative:
            _keep(self.killed, draft.killed)
            _keep(self.wounded, draft.wounded)
        self.actors.update(_identities(draft.actors))
        self.recipients.setdefault(kind(draft), set()).update(_identities(draft.recipients))
        self.stems.add(_stem(draft))
        self.kinds.add(kind(draft))
        self.vague = self.vague and _is_vague(draft)
        self.plural = self.plural or draft.candidate.token.tag_ == "NNS"

    def harmed(self, sort: str | None = None) -> set[str]:
        """Return whom it was done to; of the killed and of the wounded, who differ, only those of a kind."""
        kinds = self.recipients if sort in {None, "act"} else {"act", sort}
        return set().union(*(self.recipients.get(name, ()) for name in kinds))

    @property
    def sample(self) -> list[EventDraft]:
        """The mentions that another is compared with one by one."""
        half = _MOST_TOLD // 2
        return self.told if len(self.told) <= _MOST_TOLD else self.told[:half] + self.told[-half:]


def _keep(known: list[_T], found: _T | None) -> None:
    if found is not None and found not in known and len(known) < _MOST_TOLD:
        known.append(found)


def features(story: Story, draft: EventDraft, gap: int, *, latest: bool) -> Iterator[str]:
    """Yield what speaks for and against a mention's reporting a story, `gap` sentences after it was last told."""
    join = _join(story, draft)
    yield "base"
    yield f"join={join}"
    yield f"gap={_gap(gap)}"
    yield f"latest={latest}"
    yield f"ref={reference(draft.candidate)}&word={_word(story, draft)}"
    yield f"mode={_modes(story, draft)}"
    if join == "apart":  # in one sentence all have its day and its place
        yield f"day={_days(story, draft)}"
        yield f"place={_place(story, draft)}"
    killed, wounded = _tolls(story, draft)
    yield f"killed={killed}"
    yield f"wounded={wounded}"
    yield f"actor={_party(story.actors, draft.actors)}"
    yield f"recipient={_party(story.harmed(kind(draft)), draft.recipients)}"
    if _is_headline(story) and gap <= _LEAD:
        yield f"headline&word={_word(story, draft)}"
    if draft.candidate.token.tag_ == "NNS" and not story.plural:
        yield "plural"
    if join == "apart" and draft.place is None and draft.occurred is None:
        yield f"bare&gap={_gap(gap)}&latest={latest}"
    if join != "apart" and {kind(draft)} | story.kinds >= {"killed", "wounded"}:
        yield "killed and wounded"
    if story.vague != _is_vague(draft):
        yield "vague"
    if set_apart(draft.candidate):
        yield "set apart"
    if join == "apart" and _is_toll(draft) and not (story.killed and draft.killed):
        yield f"toll&gap={_gap(gap)}&latest={latest}"


def _is_headline(story: Story) -> bool:
    """Tell whether an event's first mention stands in the headline, or where a text without one begins."""
    token = story.told[0].candidate.token
    article = token.doc._.article
    if article.title_start is not None and article.title_start <= token.idx < (article.title_end or 0):
        return True
    return bool(token.sent.start == 0)


def _is_toll(draft: EventDraft) -> bool:
    """Tell whether a mention only counts whom an event harmed: `Six people died`."""
    bare = draft.place is None and draft.occurred is None and not draft.actors
    named = any(filler.token.tag_ == "NNP" for filler in draft.recipients)
    return bare and not named and kind(draft) != "act"


def _is_vague(draft: EventDraft) -> bool:
    """Tell whether a word means what goes on for long, within which much may happen: `the war`."""
    trigger = draft.candidate.trigger
    return trigger.pos == "NOUN" and trigger.head in load_retelling().vague


def _word(story: Story, draft: EventDraft) -> str:
    if _stem(draft) in story.stems:
        return "same"
    if draft.candidate.trigger.head in load_retelling().broad:
        return "broad"
    kin = _modes(story, draft) == "same" or kind(draft) in story.kinds - {"act"}
    return "kin" if kin else "other"


def contradicts(story: Story, draft: EventDraft) -> bool:
    """Tell whether a mention states what cannot be true of the event: another day, place, toll or other parties."""
    return "apart" in (
        _days(story, draft),
        _place(story, draft),
        *_tolls(story, draft),
        _party(story.actors, draft.actors),
        _party(story.harmed(kind(draft)), draft.recipients),
    )


def agreements(a: Story, b: Story) -> int:
    """Count what two tellings state alike: place, day, actor, recipient, a toll of the dead."""
    return sum(
        (
            any(one.key and one.key == other.key for one in a.places for other in b.places),
            any(days in a.days for days in b.days),
            any(key.startswith(_NAMED) for key in a.actors & b.actors),
            bool((a.harmed() & b.harmed()) - _NUMBER),
            any(toll in a.killed for toll in b.killed),
        )
    )


def _gap(gap: int) -> str:
    return next((name for limit, name in _GAPS if gap <= limit), "far")


def _stem(draft: EventDraft) -> str:
    return draft.candidate.trigger.head[:_STEM]


def _modes(story: Story, draft: EventDraft) -> str:
    modes = {m for told in story.sample if (m := told.candidate.trigger.event_mode)}
    mode = draft.candidate.trigger.event_mode
    if not mode or not modes:
        return "open"
    return "same" if mode in modes else "other"


def _days(story: Story, draft: EventDraft) -> str:
    days = draft.occurred
    if days is None or not story.days:
        return "open"
    if not all(_meet(days, other) for other in story.days):
        return "apart"
    return "same" if days in story.days else "meet"


def _meet(a: Days, b: Days) -> bool:
    return a.first <= b.last and b.first <= a.last


def _place(story: Story, draft: EventDraft) -> str:
    place = draft.place
    if place is None or not story.places:
        return "open"
    if not all(same_place(place, other) for other in story.places):
        return "apart"
    if not any(place.key == other.key for other in story.places):
        return "meet"
    return "same" if place.place is not None and place.place.kind not in _WIDE else "same country"


def same_place(a: Mention, b: Mention) -> bool:
    """Tell whether one place can be the other, or lie in it."""
    if a.key == b.key or a.place is None or b.place is None:
        return True
    if isinstance(a.place, DerivedPlace) or isinstance(b.place, DerivedPlace):
        return may_be_one(a.place, b.place)
    if a.place.country != b.place.country:
        return False
    kinds = {a.place.kind, b.place.kind}
    return "country" in kinds or ("admin1" in kinds and a.place.admin1 == b.place.admin1)


def _tolls(story: Story, draft: EventDraft) -> tuple[str, str]:
    """Return how the numbers of dead and wounded compare; a count so far may be higher than one before."""
    if draft.is_cumulative:
        return "open", "open"
    return _toll(story.killed, draft.killed), _toll(story.wounded, draft.wounded)


def _toll(known: Sequence[Interval], toll: Interval | None) -> str:
    if toll is None or not known:
        return "open"
    if not all(_overlap(toll, other) for other in known):
        return "apart"
    return "same" if toll in known else "meet"


def _overlap(a: Interval, b: Interval) -> bool:
    return (b.high is None or a.low <= b.high) and (a.high is None or b.low <= a.high)


def _party(known: set[str], fillers: Sequence[Filler]) -> str:
    found = set(_identities(fillers))
    if not found or not known:
        return "open"
    shared = (known & found) - _NUMBER
    if any(key.startswith(_NAMED) for key in shared):
        return "same"
    if shared:
        return "alike"
    if all(any(key.startswith(_NAMED) for key in keys) for keys in (known, found)):
        return "apart"
    ours, theirs = known & _NUMBER, found & _NUMBER
    return "number" if ours and theirs and not ours & theirs else "other"


def _identities(fillers: Sequence[Filler]) -> Iterator[str]:
    for filler in fillers:
        mention = filler.mention
        if mention is not None and mention.key is not None:
            yield mention.key
        if mention is None or mention.kind != "pronoun":
            yield filler.token.lemma_
        if filler.token.tag_ in _NUMBERS:
            yield _NUMBERS[filler.token.tag_]


def _join(story: Story, draft: EventDraft) -> str:
    """Return how near the syntax puts a mention to those of its sentence."""
    together = [told for told in story.sample if told.sentence_start == draft.sentence_start]
    if any(coordinate(told.candidate.token, draft.candidate.token) for told in together):
        return "coordinate"
    return "sentence" if together else "apart"
