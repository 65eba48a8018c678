"""Whose people a toll counts: those of its event, those of its event so far, or those of several events.

`The toll rose to 14` is the toll of one event that replaces what it was before. `10,000 people have been killed since
the war began` counts the dead of many events and is the toll of none.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from seeds.totals import load_totals
from tasks.nlp.syntax import clause_verb, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from tasks.nlp.triggers import EventCandidate

Scope = Literal["own", "so far", "several"]

_OTHER_CLAUSES = frozenset({"relcl", "ccomp", "parataxis", "conj", "advcl"})
_LONGEST_CLAUSE = 80
_LONGEST_CUE = 5
_PERFECT = frozenset({"have", "has", "had"})


def toll_scope(candidate: EventCandidate) -> Scope:
    """Return whose people the toll of a candidate counts, by the cues of its clause; the widest of them."""
    verb = clause_verb(candidate.governor)
    clause = _clause(verb)
    words = [_normal(token) for token in clause]
    perfect = any(child.dep_ == "aux" and child.lower_ in _PERFECT for child in verb.children)
    found = {cue for cue in _found(words) if cue != "if perfect" or perfect}
    if found & {"several", "if perfect"}:
        return "several"
    return "so far" if found else "own"


def _clause(verb: Token) -> list[Token]:
    """Return the words of a clause in order, without those of other clauses inside it or beside it."""
    found, unread = [verb], [verb]
    while unread and len(found) < _LONGEST_CLAUSE:
        inside = [child for child in unread.pop().children if not _is_other_clause(child)]
        found.extend(inside)
        unread.extend(inside)
    return [*_before(min(found, key=lambda token: token.i)), *sorted(found, key=lambda token: token.i)]


def _is_other_clause(token: Token) -> bool:
    """Tell whether another clause begins here, which is not `since the war began`."""
    since = token.dep_ == "advcl" and any(child.lower_ == "since" for child in token.lefts)
    return is_verb(token) and token.dep_ in _OTHER_CLAUSES and not since


def _before(first: Token) -> Sequence[Token]:
    """Return the words from the start of the sentence to a clause that is its first, however they were parsed."""
    before = first.doc[first.sent.start : first.i][:_LONGEST_CLAUSE]
    return [] if any(is_verb(token) for token in before) else list(before)


def _normal(token: Token) -> str:
    """Return a word as the cues have it: numbers as `#`, other words as they are."""
    return "#" if token.tag_ == "CD" else token.lower_


def _found(words: Sequence[str]) -> Iterator[str]:
    """Yield what the cues among some words say."""
    cues = _cues()
    for start in range(len(words)):
        for length in range(1, _LONGEST_CUE + 1):
            end = start + length
            if words[end : end + 1] != ["'s"] and (scope := cues.get(" ".join(words[start:end]))):
                yield scope  # `since Wednesday's murder` tells when, not how many so far


@cache
def _cues() -> Mapping[str, str]:
    return {cue.words: cue.scope for cue in load_totals()}
