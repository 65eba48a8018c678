"""Whether an ambiguous trigger is meant in another sense: sports, business, medicine, nature, a figure of speech.

Two kinds of cues (`senses.tsv`): words near the trigger, which lower its likelihood, and words that stand in its slots,
which rule a type out: `a storm killed ten`, `attack ads`, `war on poverty`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.senses import load_senses
from tasks.nlp.syntax import is_verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Doc, Token

    from seeds.senses import SenseCue
    from tasks.nlp.triggers import Proposal

_ARTICLE_SHARE = 0.25
"""What a cue elsewhere in the article counts for, against one in the sentence itself."""
_ENOUGH = 3.0
"""Weight of cues at which the other sense is as good as certain."""
_PARTICIPLES = frozenset({"VBN", "VBG", "JJ"})
_PREFIXES = frozenset({"anti", "post", "pre", "non"})
_CAUSES = frozenset({"subj", "by", "in", "from"})
_BEFORE = frozenset({"compound", "amod", "nmod", "npadvmod", "poss"})


@cache
def _near() -> Mapping[str, tuple[tuple[tuple[str, ...], SenseCue], ...]]:
    """Return first word to the cues that count near a trigger, with all their words."""
    found: dict[str, list[tuple[tuple[str, ...], SenseCue]]] = {}
    for cue in load_senses():
        if not cue.types:
            words = tuple(cue.lemma.split())
            found.setdefault(words[0], []).append((words, cue))
    return {first: tuple(entries) for first, entries in found.items()}


@cache
def _in_slots() -> Mapping[str, tuple[SenseCue, ...]]:
    """Return lemma to the cues that count in a slot of the trigger."""
    found: dict[str, list[SenseCue]] = {}
    for cue in load_senses():
        if cue.types:
            found.setdefault(cue.lemma, []).append(cue)
    return {lemma: tuple(entries) for lemma, entries in found.items()}


def is_other_sense(proposal: Proposal, event_type: str) -> bool:
    """Tell whether what stands in the slots of a trigger rules out that it denotes an event of a type."""
    return any(
        event_type in cue.types and (not cue.slots or slot in cue.slots)
        for slot, token in _surroundings(proposal)
        for cue in _in_slots().get(_words(token), _in_slots().get(token.lemma_, ()))
    )


def _words(token: Token) -> str:
    """Return a noun with the word before it, as a cue of two words has it: `heat wave`."""
    before = token.nbor(-1) if token.i > 0 else None
    return f"{before.lower_} {token.lemma_}" if before is not None else token.lemma_


def _surroundings(proposal: Proposal) -> Iterator[tuple[str, Token]]:
    """Yield the words around a trigger with the slot that each fills."""
    token = proposal.token
    for slot, fillers in proposal.slots.items():
        literal = (filler for filler in fillers if slot not in _CAUSES or not _is_measure(filler))
        yield from ((slot, filler) for filler in literal)
    yield from (("mod", child) for child in token.lefts if child.dep_ in _BEFORE)
    if token.dep_ in _BEFORE:
        yield "head", token.head
    for child in token.children:
        if child.dep_ == "advcl" and is_verb(child):
            yield "clause", child
        elif child.dep_ == "ccomp":
            yield "clause", child.doc[child.left_edge.i]


def _is_measure(noun: Token) -> bool:
    """Tell whether a noun only counts what follows: `a hail of bullets`, `a wave of bombings`."""
    return any(child.dep_ == "prep" and child.lower_ == "of" for child in noun.rights)


def is_part_of_word(trigger: Token) -> bool:
    """Tell whether a trigger is only a part of a compound word: `war-torn`, `anti-war`, `Iran-backed`."""
    doc, i = trigger.doc, trigger.i
    nominal = trigger.tag_.startswith("NN")
    if nominal and not trigger.whitespace_ and doc[i + 1 : i + 2].text == "-" and not doc[i + 1].whitespace_:
        return True
    joined = doc[max(0, i - 1) : i].text == "-" and not doc[i - 1].whitespace_
    return joined and (trigger.tag_ in _PARTICIPLES or doc[max(0, i - 2)].lower_ in _PREFIXES)


def sense_factor(doc: Doc, trigger: Token) -> float:
    """Return a factor 0..1 on the confidence of a trigger: 1 where no other domain shows, 0 where one is certain."""
    sentence = _weights(trigger.sent)
    if "senses" not in doc.user_data:
        doc.user_data["senses"] = _weights(doc)
    article: dict[str, float] = doc.user_data["senses"]
    weight = max(
        (
            sentence.get(domain, 0.0) + _ARTICLE_SHARE * (total - sentence.get(domain, 0.0))
            for domain, total in article.items()
        ),
        default=0.0,
    )
    return max(0.0, 1.0 - weight / _ENOUGH)


def _weights(tokens: Iterable[Token]) -> dict[str, float]:
    """Return the weight of the different cues of each domain among some tokens."""
    found: dict[str, dict[str, float]] = {}
    for token in tokens:
        for words, cue in _near().get(token.lemma_, ()):
            if len(words) == 1 or _follow(token, words):
                found.setdefault(cue.domain, {})[cue.lemma] = cue.weight
    return {domain: sum(cues.values()) for domain, cues in found.items()}


def _follow(token: Token, words: tuple[str, ...]) -> bool:
    """Tell whether the words of a phrase follow one another from a token on."""
    span = token.doc[token.i : token.i + len(words)]
    return len(span) == len(words) and all(word in {t.lemma_, t.lower_} for word, t in zip(words, span, strict=True))
