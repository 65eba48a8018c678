"""What speaks for each place of a sentence as the place of one event.

Features are short strings, such as `path=pobj:in|`: the place is the object of an `in` that hangs on the event. Their
weights stand in `seeds/weights/where.tsv`. Does not belong here: the choice (`where.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.names import load_name_words
from seeds.roles import find_title
from tasks.nlp.enclosing import AREA_NOUNS, stated_container
from tasks.nlp.mentions import Mention, head_index
from tasks.nlp.syntax import clause_verb, is_passive, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from tasks.nlp.mentions import MentionIndex
    from tasks.nlp.spans import Candidate

_DISTANCES = (1, 3, 6, 10, 16, 25, 40)
_COUNTS = (1, 2, 3, 5)
_LINKS = frozenset({"compound", "nmod", "amod", "poss", "appos"})
_MOST_LINKS = 6
_LONGEST_PATH = 5


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence in which events happen: its names from left to right.

    `containers` are the indexes of the first tokens of names that hold others of the sentence, `contained` those of
    the names that lie in another by the text's own words.
    """

    names: Sequence[Mention]
    containers: frozenset[int]
    contained: frozenset[int]


def read_scene(sentence: Span, index: MentionIndex, candidates: Sequence[Candidate]) -> Scene:
    """Return what the features need to know of a sentence, read once for all its events.

    Names of any sort are among them, since small places are often taken for people and bodies; those of the
    `candidates` that are no mentions are runs of capitals that were not told to be names of anything.
    """
    doc = sentence.doc
    names = [m for m in index.within(sentence) if m.kind == "name" and not m.in_dateline]
    names += [m for m in index.offsets(sentence) if m.place is not None and not _covers_any(m, names)]
    names += [_name(doc, c) for c in candidates if _may_name(doc, c) and not any(map(index.at, doc[c.start : c.end]))]
    names.sort(key=lambda name: (name.start, name.end))
    held = {name.start: holder for name in names if (holder := stated_container(doc, name, index)) is not None}
    return Scene(names, frozenset(holder.start for holder in held.values()), frozenset(held))


def _covers_any(offset: Mention, names: Sequence[Mention]) -> bool:
    return any(offset.start <= name.head < offset.end for name in names)


def _may_name(doc: Doc, candidate: Candidate) -> bool:
    """Tell whether a run of capitals may name a place: no people, title (`Colonel`) nor bare common noun (`Avenue`)."""
    words = doc[candidate.start : candidate.end]
    if candidate.label == "NORP" or find_title(words.text.split()) is not None:
        return False
    return len(words) > 1 or not (words[0].lower_ in AREA_NOUNS or load_name_words().get(words[0].lower_))


def _name(doc: Doc, candidate: Candidate) -> Mention:
    start, end = candidate.start, candidate.end
    return Mention(start, end, head_index(doc, start, end), "name", "other", doc[start:end].text, candidate.label)


def where_features(event: Token, number: int, scene: Scene, index: MentionIndex) -> list[str]:
    """Return the features of the `number`-th name of an event's sentence."""
    place = scene.names[number]
    found = ["place"]
    found.extend(_kind(place, scene))
    found.extend(_syntax(event, place, index))
    found.extend(_order(event, number, scene))
    found.extend(_words(event.doc, place))
    return found


def nowhere_features(event: Token, scene: Scene) -> list[str]:
    """Return the features of there being no place."""
    found = ["nowhere", *(f"nowhere&{name}" for name in (event.tag_, event.dep_, f"passive={is_passive(event)}"))]
    found.extend(f"nowhere&places>={bound}" for bound in _COUNTS if len(scene.names) >= bound)
    return found


def _kind(place: Mention, scene: Scene) -> Iterator[str]:
    kind = kind_of(place)
    yield f"kind={kind}"
    if place.start in scene.containers:
        yield "container"
    if place.start in scene.contained:
        yield "contained"


def kind_of(place: Mention) -> str:
    """Return what sort of place a name means; of a name of something else, what that is."""
    if place.entity_type != "place":
        return place.entity_type
    return place.place.kind if place.place is not None else "unlisted"


def _syntax(event: Token, place: Mention, index: MentionIndex) -> Iterator[str]:
    anchor, links = _anchor(event.doc[place.head], event)
    yield from (f"link={link}" for link in links)
    up, down, top = _path(event, anchor)
    preposition = next((label for label in up if ":" in label), "none")
    kind = kind_of(place)
    owned = "".join(sorted({link for link in links if link in {"poss", "compound", "amod", "nmod"}}))
    yield f"path={owned}/{'<'.join(up)}|{'>'.join(down)}"
    yield f"up={owned}/{'<'.join(up)}"
    yield f"down={'>'.join(down)}&top={up[-1] if up else 'self'}"
    yield f"down={'>'.join(down)}&prep={preposition}"
    yield f"prep={preposition}"
    yield f"prep={preposition}&kind={kind}"
    yield f"steps={len(up)}.{len(down)}"
    yield f"owned={owned}&kind={kind}"
    if index.modifies(place):
        yield "modifies"
    if top is not event:
        yield f"via={top.lemma_}"
        yield f"viatag={top.tag_}"
    yield f"event={event.tag_}&top={up[-1] if up else 'self'}&direct={not down}"
    if not down:
        yield f"passive={is_passive(event)}&up={'<'.join(up)}"
    yield f"clause={_clauses(event, anchor)}"


def _anchor(head: Token, event: Token) -> tuple[Token, list[str]]:
    """Return the head of the phrase that names the place: `town` of `the town of X`, and how it is named."""
    links = []
    for _ in range(_MOST_LINKS):
        above = head.head
        if above is event or above is head:
            break
        if head.dep_ == "conj" and not is_verb(head):
            links.append("conj")
        elif head.dep_ == "pobj" and above.lower_ == "of" and _names_area(above.head) and above.head is not event:
            links.append("of")
            above = above.head
        elif head.dep_ in _LINKS and not is_verb(above):
            links.append(f"area.{head.dep_}" if _names_area(above) else head.dep_)
        else:
            break
        head = above
    return head, links


def _names_area(token: Token) -> bool:
    return token.lower_ in AREA_NOUNS


def _path(event: Token, anchor: Token) -> tuple[list[str], list[str], Token]:
    """Return the labels from a place up to where it meets the event, those from the event up to there, and the top."""
    above = {event.i, *(token.i for token in event.ancestors)}
    up: list[str] = []
    while anchor.i not in above:
        up.append(f"{anchor.dep_}:{anchor.lower_}" if anchor.dep_ in {"prep", "agent"} else anchor.dep_)
        anchor = anchor.head
    down: list[str] = []
    while event.i != anchor.i:
        down.append(event.dep_)
        event = event.head
    return _short(up), _short(down), anchor


def _short(labels: list[str]) -> list[str]:
    kept = [label for number, label in enumerate(labels) if number == 0 or label != labels[number - 1]]
    return kept if len(kept) <= _LONGEST_PATH else [*kept[:2], "...", *kept[-2:]]


def _clauses(event: Token, anchor: Token) -> str:
    own, other = clause_verb(event), clause_verb(anchor)
    if own is other:
        return "same"
    if own.is_ancestor(other):
        return f"below.{other.dep_}"
    return f"above.{own.dep_}" if other.is_ancestor(own) else "beside"


def _order(event: Token, number: int, scene: Scene) -> Iterator[str]:
    place = scene.names[number]
    after = place.head > event.i
    side = "after" if after else "before"
    away = place.start - event.i if after else event.i - (place.end - 1)
    yield f"side={side}"
    yield from (f"{side}>={bound}" for bound in _DISTANCES if away >= bound)
    between = sum(min(event.i, place.head) < other.head < max(event.i, place.head) for other in scene.names)
    yield f"between={min(between, 3)}"
    yield f"between={min(between, 3)}&side={side}"
    words = event.doc[min(event.i, place.head) : max(event.i, place.head)]
    commas = sum(word.text in {",", ";", "-", ":"} for word in words)
    yield f"commas={min(commas, 3)}"
    if len(scene.names) == 1:
        yield "only"


def _words(doc: Doc, place: Mention) -> Iterator[str]:
    """What the words of the name and those around it say of what it names."""
    kind, known = kind_of(place), place.entity_type == "place"
    after, before = _word(doc, place.end), _word(doc, place.start - 1)
    yield f"prev={before}"
    yield f"prev={before}&known={known}"
    described = _word(doc, place.start - 2) if before == "of" else after
    if described in AREA_NOUNS:
        yield f"area={described}"
        yield f"area&kind={kind}"
    elif before == "of":
        yield f"of={described}&known={known}"
    classes = load_name_words()
    last = doc[place.end - 1].lower_
    found = classes.get(last, ()) or classes.get(after, ())
    for name in found:
        yield f"words={name}"
        yield f"words={name}&kind={kind}"
    if not known:
        yield f"next={after}"
        yield f"label={place.label}"
        yield f"given={place.end - place.start > 1}"


def _word(doc: Doc, number: int) -> str:
    return str(doc[number].lower_) if 0 <= number < len(doc) else ""
