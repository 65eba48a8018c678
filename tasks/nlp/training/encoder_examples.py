"""What the encoder learns from: sentences with what their labels say of their words.

Reads labelled texts in the forms of `gold.py` (names) and `gold_events.py` (events); the pipeline's own reading fills
in what labels leave out: which words may be the trigger of a labelled pair, and whether an event happened (silver
labels of less weight). Does not belong here: the network (`network.py`) and its training (`encoder.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from schemas.vocabulary import EVENT_TYPES, MODALITIES
from tasks.nlp.encoder import ROLES, TAGS, words_of
from tasks.nlp.training.gold import read_gold
from tasks.nlp.training.gold_events import REACHABLE
from tasks.nlp.triggers import propose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.tokens import Doc, Span, Token

    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.training.gold_events import GoldEvent, GoldStory

TYPES = tuple(EVENT_TYPES)
KINDS = tuple(MODALITIES)


class Bag(NamedTuple):
    """At least one of some words reports an event of one of some types, or none does; `weight` is what that counts."""

    words: list[int]
    types: list[int]
    weight: float
    present: bool


@dataclass(slots=True)
class Sentence:
    """A sentence: its words, and what is known of them by their index.

    `tags` holds the index of a tag for each word, None where names are not marked; `modalities` (word, index of the
    modality, weight); `pairs` (trigger, argument, index of the role, weight).
    """

    text_id: str
    words: list[str]
    tags: list[int] | None = None
    bags: list[Bag] = field(default_factory=list)
    modalities: list[tuple[int, int, float]] = field(default_factory=list)
    pairs: list[tuple[int, int, int, float]] = field(default_factory=list)


_OTHERS_OF_PAIR = 0.4
"""What it counts that a sentence labelled with one type does not report others, of which it may tell in passing."""
_PASSING = 0.1
"""The same for violent nouns."""
_UNTYPED, _SILVER, _NO_ROLE = 0.3, 0.3, 0.5
_GENERIC = 0.5
"""What a text counts whose type is known, but neither its words nor its parties."""


def event_sentences(story: GoldStory, doc: Doc) -> Iterator[Sentence]:
    """Yield the sentences of a text with labelled events about whose words the labels say anything."""
    pairs = [event for event in story.events if event.trigger is None]
    for span in doc.sents:
        tokens = words_of(span)
        if not tokens:
            continue
        sentence = Sentence(story.article.document_id, [token.text for token in tokens])
        local = {token.i: number for number, token in enumerate(tokens)}
        _at_triggers(sentence, story, span, local)
        if story.complete:
            _unmarked(sentence, story, tokens)
        for event in pairs:
            _between_parties(sentence, event, doc, tokens, local)
        _modalities(sentence, story, doc, local)
        if sentence.bags or sentence.pairs:
            yield sentence


def name_sentences(path: Path, docs: Iterable[Doc]) -> Iterator[Sentence]:
    """Yield the sentences of texts in which all names are marked; `docs` are those texts, parsed, in their order."""
    for number, (gold, doc) in enumerate(zip(read_gold(path), docs, strict=True)):
        marked = sorted((span.start, span.end, span.entity_type) for span in gold.spans if span.entity_type)
        for span in doc.sents:
            tokens = words_of(span)
            if tokens:
                yield Sentence(f"{path.stem}-{number}", [token.text for token in tokens], _tags(tokens, marked))


def _tags(tokens: Sequence[Token], marked: Sequence[tuple[int, int, str]]) -> list[int]:
    found = []
    for token in tokens:
        start, end = token.idx, token.idx + len(token.text)
        inside = next(((s, kind) for s, e, kind in marked if s < end and start < e), None)
        if inside is None:
            found.append(0)
        else:
            found.append(TAGS.index(f"{'B' if start <= inside[0] else 'I'}-{inside[1]}"))
    return found


def _at_triggers(sentence: Sentence, story: GoldStory, span: Span, local: dict[int, int]) -> None:
    """Add what labels at triggers say: their types, and what fills their roles in the same sentence."""
    for event in story.events:
        if event.trigger is None:
            continue
        words = [local[t.i] for t in span if t.i in local and _meets(t, event.trigger)]
        if not words:
            continue
        if event.types is not None:
            _add_types(sentence, words, event.types)
        if event.arguments:
            _add_roles(sentence, words[-1:], event, span, local)


def _add_types(sentence: Sentence, words: list[int], types: frozenset[str]) -> None:
    right = [TYPES.index(kind) for kind in sorted(types)]
    if right:
        sentence.bags.append(Bag(words, right, _UNTYPED if len(right) == len(TYPES) else 1.0, present=True))
    if wrong := [n for n in range(len(TYPES)) if n not in right]:
        sentence.bags.append(Bag(words, wrong, 1.0, present=False))


def _unmarked(sentence: Sentence, story: GoldStory, tokens: Sequence[Token]) -> None:
    """Add that the other words of a fully marked text report nothing of the types that are marked."""
    marked = [event.trigger for event in story.events if event.trigger is not None]
    free = [number for number, token in enumerate(tokens) if not any(_meets(token, trigger) for trigger in marked)]
    if free:
        sentence.bags.append(Bag(free, [TYPES.index(kind) for kind in sorted(REACHABLE)], 1.0, present=False))


def _between_parties(
    sentence: Sentence, event: GoldEvent, doc: Doc, tokens: Sequence[Token], local: dict[int, int]
) -> None:
    """Add what the type of a sentence, or of what passes between two of its phrases, says of its words."""
    if event.arguments and not any(_meets(token, a.span) for token in tokens for a in event.arguments):
        return
    if event.types is None:
        return
    content = [t for t in tokens if t.tag_[:2] in {"VB", "NN", "JJ"} and not t.ent_type_]
    likely = _possible_triggers(event, doc, tokens)
    words = [local[t.i] for t in likely or content]
    right = [TYPES.index(kind) for kind in sorted(event.types)]
    if not event.arguments:
        if likely:
            sentence.bags.append(Bag(words, right, _GENERIC, present=True))
        return
    if right and words:
        sentence.bags.append(Bag(words, right, 1.0, present=True))
    wrong = [n for n in range(len(TYPES)) if n not in right]
    violent = TYPES.index("ASSAULT")
    nouns = [n for n, t in enumerate(tokens) if t.tag_.startswith("NN")]
    others = [n for n in range(len(tokens)) if n not in set(nouns)]
    weight = _OTHERS_OF_PAIR if right else 1.0
    sentence.bags.append(Bag(list(range(len(tokens))), [n for n in wrong if n != violent], weight, present=False))
    if violent in wrong:
        sentence.bags.append(Bag(others, [violent], weight, present=False))
        sentence.bags.append(Bag(nouns, [violent], _PASSING if right else 1.0, present=False))
    if likely:
        _add_roles(sentence, words, event, tokens[0].sent, local)


def _possible_triggers(event: GoldEvent, doc: Doc, tokens: Sequence[Token]) -> list[Token]:
    """Return the words that the lexicon has in a right type; if any have a labelled party, only those."""
    assert event.types is not None
    index = doc._.mentions
    found = [
        p.token
        for p in propose(doc, index)
        if p.token in set(tokens) and any(s.trigger.event_type in event.types for s in p.senses)
    ]
    spans = [argument.span for argument in event.arguments]
    linked = {
        draft.candidate.token.i
        for draft in doc._.events
        if any(_overlap(span, filler_span) for span in spans for filler_span in _party_spans(draft))
    }
    return [token for token in found if token.i in linked] or found


def _party_spans(draft: EventDraft) -> Iterator[tuple[int, int]]:
    for filler in (*draft.actors, *draft.recipients):
        yield filler.span.start_char, filler.span.end_char


def _add_roles(
    sentence: Sentence, triggers: Sequence[int], event: GoldEvent, span: Span, local: dict[int, int]
) -> None:
    """Add the labelled arguments of possible triggers, and that the sentence's other nouns fill none of their roles."""
    weight = 1.0 / len(triggers)
    heads: dict[int, str | None] = {}
    for argument in event.arguments:
        head = next(
            (t for t in span if t.i in local and _meets(t, argument.span) and not _within(t.head, t, argument.span)),
            None,
        )
        if head is not None:
            heads[local[head.i]] = argument.role
    inside = [argument.span for argument in event.arguments]
    nouns = [local[t.i] for t in span if t.i in local and is_argument_head(t) and not any(_meets(t, s) for s in inside)]
    for trigger in triggers:
        for at, role in heads.items():
            name = "actor" if role == "either" else role or "none"
            sentence.pairs.append((trigger, at, ROLES.index(name), weight))
        sentence.pairs += [(trigger, noun, ROLES.index("none"), weight * _NO_ROLE) for noun in nouns if noun != trigger]


def is_argument_head(token: Token) -> bool:
    """Tell whether a word may be the head of an argument: a noun or pronoun that is no part of a compound."""
    return (token.tag_.startswith("NN") or token.tag_ == "PRP") and token.dep_ not in {"compound", "nmod"}


def _modalities(sentence: Sentence, story: GoldStory, doc: Doc, local: dict[int, int]) -> None:
    """Add what a reader says of whether events happened, and of the others what the rules read."""
    judged = {event.trigger: event.modality for event in story.events if event.trigger and event.modality}
    for draft in doc._.events:
        token = draft.candidate.token
        if token.i not in local:
            continue
        known = next((how for span, how in judged.items() if _meets(token, span)), None)
        how, weight = (known, 1.0) if known else (draft.modality, _SILVER)
        sentence.modalities.append((local[token.i], KINDS.index(how), weight))


def _meets(token: Token, span: tuple[int, int]) -> bool:
    return token.idx < span[1] and span[0] < token.idx + len(token.text)


def _within(head: Token, token: Token, span: tuple[int, int]) -> bool:
    return head is not token and head.i != token.i and _meets(head, span)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
