"""Named mentions: which runs of words are names, and of what.

The tagger's labels are evidence, not truth: a linear model weighs them with known actors, the gazetteer, titles, first
names, the words around and the rest of the article. Its weights stand in `seeds/weights/names.tsv` and come from
`python -m tasks.nlp.training.names`. Does not belong here: which entity a name stands for (`identity.py`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.actors import FOLDER, fold_name
from seeds.countries import country_of_demonym
from seeds.names import load_name_words
from seeds.roles import find_title
from tasks.nlp.linear import read_model
from tasks.nlp.mentions import Mention, head_index
from tasks.nlp.name_features import NameContext, name_features
from tasks.nlp.spans import Candidate, name_candidates

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from seeds.actors import Actor
    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.linear import LinearModel

CLASSES = ("person", "organization", "place", "other")
"""What a candidate can be; peoples are among the others, since rules tell them."""

_ARMED = frozenset({"REB", "PRM", "UAF"})
"""Sectors whose listed bodies are names wherever they stand, before a noun too: `Taliban officials`."""
_LANGUAGE_VERBS = frozenset({"speak", "learn", "write", "teach", "understand"})
_PAIR = 2
"""Words of a name and what it is: `Chak District`; `Santa Rosa School District` is a body."""
_MOST_CONJUNCTS = 6
"""Names of one list of towns that are followed back to the noun before it."""
_OWN_SHARE = 0.5
"""How much a mention's own evidence counts against the mean of all mentions of the same name in the article."""


@cache
def name_model() -> LinearModel:
    """Return the weights that decide what a name names."""
    return read_model(FOLDER / "weights" / "names.tsv", CLASSES)


def find_names(doc: Doc, knowledge: Knowledge, published_on: dt.date | None) -> list[Mention]:
    """Return the named mentions of an article, in order of the text; they do not overlap.

    A nationality that stands for its country (`Egyptian officials`) is a place of the label DEMONYM.
    """
    candidates = name_candidates(doc)
    names = [doc[c.start : c.end].text for c in candidates]
    actors = [_actor(name, c.label, knowledge, published_on) for name, c in zip(names, candidates, strict=True)]
    kinds = _kinds(doc, candidates, names, actors, knowledge)
    found = []
    for candidate, name, actor, kind in zip(candidates, names, actors, kinds, strict=True):
        if kind == "person" and actor is None and _is_office(name, candidate.label, knowledge):
            continue  # a description of its holder, for `nominals.py`
        entity_type = _entity_type(doc, candidate, name, actor, kind)
        if entity_type:
            linked = actor if actor is not None and actor.entity_type == entity_type else None
            found.append(_mention(doc, candidate, entity_type, linked))
    return found


def candidate_features(
    doc: Doc, candidates: Sequence[Candidate], knowledge: Knowledge, actors: Sequence[Actor | None]
) -> Iterator[list[str]]:
    """Yield the features of each candidate of an article; `actors` are what they may be."""
    context = NameContext(doc, knowledge)
    context.count(candidates)
    for candidate, actor in zip(candidates, actors, strict=True):
        name = doc[candidate.start : candidate.end].text
        yield name_features(candidate, context, knowledge.gazetteer.find(name), actor)


def actors_of(
    doc: Doc, candidates: Sequence[Candidate], knowledge: Knowledge, published_on: dt.date | None
) -> list[Actor | None]:
    """Return the known actor that each candidate may be, by its name and the day."""
    return [_actor(doc[c.start : c.end].text, c.label, knowledge, published_on) for c in candidates]


def _actor(name: str, label: str, knowledge: Knowledge, published_on: dt.date | None) -> Actor | None:
    found = knowledge.actors.find(name)
    if published_on is not None:
        found = tuple(actor for actor in found if actor.valid_on(published_on)) or found
    if label == "PERSON":
        found = tuple(actor for actor in found if actor.entity_type == "person") or found
    return found[0] if found else None


def _kinds(
    doc: Doc,
    candidates: Sequence[Candidate],
    names: Sequence[str],
    actors: Sequence[Actor | None],
    knowledge: Knowledge,
) -> list[str]:
    """Return the most likely class of each candidate; mentions of one name lend each other their evidence."""
    model = name_model()
    own = [model.scores(features) for features in candidate_features(doc, candidates, knowledge, actors)]
    by_name: dict[str, list[list[float]]] = {}
    keys = [fold_name(name) for name in names]
    for key, scores in zip(keys, own, strict=True):
        by_name.setdefault(key, []).append(scores)
    means = {key: [sum(column) / len(group) for column in zip(*group, strict=True)] for key, group in by_name.items()}
    shared = [
        [_OWN_SHARE * score + (1 - _OWN_SHARE) * mean for score, mean in zip(scores, means[key], strict=True)]
        for key, scores in zip(keys, own, strict=True)
    ]
    return [CLASSES[scores.index(max(scores))] for scores in shared]


def _entity_type(doc: Doc, candidate: Candidate, name: str, actor: Actor | None, kind: str) -> str | None:
    """Return the entity type of a candidate of this class; None where it is no name of interest."""
    if kind == "person" and _is_land(doc, candidate):
        return "place"
    if kind != "place" and actor is None and country_of_demonym(name) is None and _is_site(doc, candidate, kind):
        return "place"
    if kind != "other":
        return kind
    if actor is not None and (actor.entity_type == "group" or actor.sector in _ARMED):
        return actor.entity_type
    people = candidate.label == "NORP" or country_of_demonym(name) is not None
    head = doc[head_index(doc, candidate.start, candidate.end)]
    return "group" if people and _is_people(head) else None


def _is_land(doc: Doc, candidate: Candidate) -> bool:
    """Tell whether a name stands after an article and ends in a word for land or water: `the Zaharani River`."""
    after_article = candidate.start > 0 and doc[candidate.start - 1].lower_ == "the"
    return after_article and "landform" in load_name_words().get(doc[candidate.end - 1].lower_, ())


def _is_site(doc: Doc, candidate: Candidate, kind: str) -> bool:
    return _is_settlement(doc, candidate) or _ends_as_place(doc[candidate.start : candidate.end], kind)


def _is_settlement(doc: Doc, candidate: Candidate) -> bool:
    """Tell whether the words around call a name a town: `the villages of Kela and Marde`, `the Amil district`."""
    if candidate.label == "NORP":
        return False
    if _names_settlement(doc[candidate.end : candidate.end + 1]):
        return doc[candidate.end].dep_ != "compound"  # `Biden town hall`
    head = doc[head_index(doc, candidate.start, candidate.end)]
    for _ in range(_MOST_CONJUNCTS):
        if head.dep_ != "conj":
            break
        head = head.head
    return head.dep_ == "pobj" and head.head.lower_ == "of" and _names_settlement(doc[head.head.i - 1 : head.head.i])


def _ends_as_place(name: Span, kind: str) -> bool:
    """Tell whether a name of several words ends as places do: `Kuri Airport`, `Chak District`; no club, no school."""
    classes = load_name_words().get(name[-1].lower_, ())
    district = "settlement" in classes and "sport" not in classes and (len(name) == _PAIR or kind == "person")
    return len(name) >= _PAIR and ("site" in classes or district) and name[-1].is_title


def _names_settlement(words: Span) -> bool:
    return len(words) == 1 and "settlement" in load_name_words().get(words[0].text, ())


def _is_office(name: str, label: str, knowledge: Knowledge) -> bool:
    """Tell whether a name is but a title or role, `Foreign Minister`; a tagged single word is a surname, `Cook`."""
    words = name.split()
    if len(words) == 1 and label == "PERSON":
        return False
    role, title = knowledge.roles.find(name.lower().split()), find_title(words)
    return (role is not None and name.lower() in {role.noun, role.plural}) or (
        title is not None and title.word_count >= len(words)
    )


def _is_people(head: Token) -> bool:
    """Tell whether a word of nationality means people (`the Afghans`), not whose something is (`Afghan forces`)."""
    anchor = head
    while anchor.dep_ == "conj":
        anchor = anchor.head
    if head.tag_ not in {"NNP", "NNPS"} or anchor.dep_ in {"compound", "amod", "nmod"} or head.is_upper:
        return False
    return anchor.head.lemma_ not in _LANGUAGE_VERBS


def _mention(doc: Doc, candidate: Candidate, entity_type: str, actor: Actor | None) -> Mention:
    head = head_index(doc, candidate.start, candidate.end)
    left = doc[head].left_edge.i
    modifiers = tuple(token.text for token in doc[left : candidate.start] if not token.is_punct)
    return Mention(
        candidate.start,
        candidate.end,
        head,
        "name",
        entity_type,
        doc[candidate.start : candidate.end].text,
        candidate.label,
        modifiers[-6:],
        actor=actor,
    )
