"""Where an event happened: the place that belongs to it.

Every name of the sentence competes with every other, and with there being no place at all. A linear model weighs what
speaks for each (`where_features.py`); its weights stand in `seeds/weights/where.tsv` and come from
`python -m tasks.nlp.training.where`. A place at which something was only said is not where it happened. Does not
belong here: what the rest of the article adds (`settings.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from seeds.actors import FOLDER
from tasks.nlp.enclosing import stated_container
from tasks.nlp.linear import probabilities, read_model
from tasks.nlp.offsets import offset_after
from tasks.nlp.place_features import lies_in
from tasks.nlp.points import DerivedPlace
from tasks.nlp.spans import name_candidates
from tasks.nlp.syntax import clause_verb
from tasks.nlp.where_features import Scene, nowhere_features, read_scene, where_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from seeds.gazetteer import Place
    from tasks.nlp.arguments import Filler
    from tasks.nlp.linear import LinearModel
    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.spans import Candidate
    from tasks.nlp.triggers import EventCandidate

_LEAST, _LEAST_UNREAD = 0.33, 0.6
"""Shares below which no place is told: of the names of places, and of those that may name something else."""
_MEASURED = 0.8
"""How sure a point is that hangs on the event by its distance."""
_MOST_OPTIONS = 16
"""Names that are weighed for one event, the nearest."""
_COARSE = frozenset({"country", "region", "admin1"})


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an event, and how sure it is that the event happened there, 0..1."""

    mention: Mention
    certainty: float


class Scenes:
    """The sentences of an article as places of events; each is read once, when it is first asked for."""

    def __init__(self, doc: Doc, index: MentionIndex) -> None:
        """Take an article whose mentions have been identified."""
        self.index = index
        self._candidates = name_candidates(doc)
        self._known: dict[int, Scene] = {}

    def at(self, event: Token) -> Scene:
        """Return the scene of an event word's sentence."""
        sentence = event.sent
        if sentence.start not in self._known:
            first, last = (bisect_left(self._candidates, i, key=_start) for i in (sentence.start, sentence.end))
            self._known[sentence.start] = read_scene(sentence, self.index, self._candidates[first:last])
        return self._known[sentence.start]


def _start(candidate: Candidate) -> int:
    return candidate.start


@cache
def where_model() -> LinearModel:
    """Return the weights that choose among the places of a sentence."""
    return read_model(FOLDER / "weights" / "where.tsv", ("weight",))


def where(candidate: EventCandidate, scenes: Scenes, taken: Sequence[Filler], *, violent: bool) -> Where | None:
    """Return the place where it happened; None where the sentence says nothing of it.

    `violent` events happen where their targets are, so that a place may be the target itself (`taken` are the
    parties); what is said or agreed about a country does not happen there.
    """
    return _named(candidate.token, scenes, taken, violent=violent) or _measured(candidate, scenes.index)


def _named(event: Token, scenes: Scenes, taken: Sequence[Filler], *, violent: bool) -> Where | None:
    """Return the place of the name that the model finds likeliest."""
    scene, parties = scenes.at(event), {filler.token.i for filler in taken}
    options = [n for n in nearest(event, scene) if _may_be(scene.names[n], event, parties, violent=violent)]
    if not options:
        return None
    features = [where_features(event, number, scene, scenes.index) for number in options]
    model = where_model()
    shares = probabilities([model.scores(found)[0] for found in [*features, nowhere_features(event, scene)]])
    weighed = zip(shares[:-1], (scene.names[number] for number in options), strict=True)
    likely = [(share, name) for share, name in weighed if share >= _least(name)]
    if not likely:
        return None
    share, name = max(likely, key=lambda pair: (pair[0], -pair[1].start))
    meant = _meant(name, event.doc, scenes.index)
    return Where(meant, round(share, 3)) if meant is not None else None


def _measured(candidate: EventCandidate, index: MentionIndex) -> Where | None:
    """Return the point given by distance that hangs on the event's words: `exploded 70 km southeast of Kabul`."""
    anchors = {candidate.token, candidate.governor, clause_verb(candidate.token)}
    for offset in index.offsets(candidate.token.sent):
        if offset.place is not None and any(w.head in anchors for w in candidate.token.doc[offset.start : offset.end]):
            return Where(offset, _MEASURED)
    return None


def _least(name: Mention) -> float:
    return _LEAST if name.entity_type == "place" else _LEAST_UNREAD


def _may_be(name: Mention, event: Token, parties: set[int], *, violent: bool) -> bool:
    """Tell whether a name may be the event's place: no word of the event, nor anybody who takes part."""
    if name.start <= event.i < name.end:
        return False
    return name.head not in parties or (violent and name.entity_type == "place")


def nearest(event: Token, scene: Scene) -> list[int]:
    """Return the numbers of the names that are weighed, in order of the text."""
    numbers = sorted(range(len(scene.names)), key=lambda number: abs(scene.names[number].head - event.i))
    return sorted(numbers[:_MOST_OPTIONS])


def _meant(name: Mention, doc: Doc, index: MentionIndex) -> Mention | None:
    """Return the place that a name leads to; None for one from which only the way is told: `an hour from Herat`."""
    offset = index.offset_at(name.head)
    if offset is not None:
        return offset if offset.place is not None else None
    if name.entity_type != "place":
        # The article names a place that no list has and that looks like a name of something else.
        return replace(name, entity_type="place", actor=None, key=None, country=None, role=None)
    holder = stated_container(doc, name, index)
    if holder is not None and _denies(holder.place, name.place):
        return holder
    return _refined(name, doc, index)


def _denies(holder: Place | None, place: Place | None) -> bool:
    """Tell whether a place cannot lie in the province that the text says it lies in: then only the province is sure."""
    return holder is not None and place is not None and holder.kind == "admin1" and not lies_in(place, holder)


def _refined(mention: Mention, doc: Doc, index: MentionIndex) -> Mention:
    """Return the point that follows a province or an unknown place: `Logar province, 70 km southeast of Kabul`."""
    coarse = mention.place is None or mention.place.kind in _COARSE
    offset = offset_after(doc, mention, index) if coarse else None
    if offset is None or not isinstance(offset.place, DerivedPlace) or not offset.place.measured:
        return mention
    if mention.place is None or mention.place.kind != "admin1":
        return offset
    province = replace(offset.place, admin1=mention.place.name, country=mention.place.country)
    return replace(offset, place=province, country=province.country)
