"""Sentences of our own with their labels: `sentences.txt`, whose head says how they are marked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.encoder import ROLES
from tasks.nlp.training.encoder_examples import KINDS, TYPES, Bag, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = Path(__file__).with_name("sentences.txt")

_MARK = re.compile(
    r"\{(?P<type>\w+):(?P<how>\w+) (?P<event>[^}]*)\}|<(?P<roles>[ar\d]+) (?P<party>[^>]*)>|(?P<word>\S+)"
)
_ROLE = re.compile(r"([ar]+)(\d+)")
_SURE = 2.0
"""What it counts that a marked word reports its event."""


def own_sentences() -> Iterator[Sentence]:
    """Yield the sentences; ValueError names the line that is wrongly marked."""
    for number, line in enumerate(SENTENCES.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                yield _sentence(f"own-{number}", line)
            except ValueError as error:
                raise ValueError(f"{SENTENCES.name}, line {number}: expected types and modalities, {error}") from error


def _sentence(text_id: str, line: str) -> Sentence:
    words: list[str] = []
    triggers: list[tuple[int, int, int]] = []
    parties: list[tuple[int, dict[int, str]]] = []
    for mark in _MARK.finditer(line):
        found = (mark["event"] or mark["party"] or mark["word"]).split()
        if mark["type"]:
            triggers.append((len(words), TYPES.index(mark["type"]), KINDS.index(mark["how"])))
        words += found
        if mark["roles"]:
            parties.append((len(words) - 1, _roles(mark["roles"])))
    sentence = Sentence(text_id, words)
    for at, kind, how in triggers:
        sentence.bags.append(Bag([at], [kind], _SURE, present=True))
        sentence.bags.append(Bag([at], [n for n in range(len(TYPES)) if n != kind], 1.0, present=False))
        sentence.modalities.append((at, how, 1.0))
    marked = {at for at, _, _ in triggers}
    others = [n for n in range(len(words)) if n not in marked]
    sentence.bags.append(Bag(others, list(range(len(TYPES))), 1.0, present=False))
    for number, (at, _, _) in enumerate(triggers, start=1):
        sentence.pairs += [(at, head, ROLES.index(roles.get(number, "none")), 1.0) for head, roles in parties]
    return sentence


def _roles(mark: str) -> dict[int, str]:
    """Return the number of an event to the role in it: `r1a2` is the first's recipient and the second's actor."""
    return {
        int(digit): "actor" if letters[0] == "a" else "recipient"
        for letters, digits in _ROLE.findall(mark)
        for digit in digits
    }
