"""Words that show that a trigger is meant in the sense of another domain, as listed in `lexicon/senses.tsv`.

Belongs here: how the table is read. Does not belong here: how much the cues around a trigger count
(`tasks/nlp/senses.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import FOLDER, SLOTS, lemma, listed, number
from seeds.ontology import event_types
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from seeds.tsv import Row

SENSE_SLOTS = frozenset({"mod", "head", "clause"})
"""Further places of a cue of another sense: before the trigger, what the trigger stands before, a clause below it."""


@dataclass(frozen=True, slots=True)
class SenseCue:
    """A word that shows that triggers are meant in the sense of another domain, and how much, 0..1.

    Attributes:
        types: event types that it rules out where it fills one of the slots; none where it counts near any trigger.
        slots: syntactic slots, `mod`, `head` or `clause` (see senses.tsv); none means any of them.
    """

    lemma: str
    domain: str
    weight: float
    types: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()


@cache
def load_senses() -> tuple[SenseCue, ...]:
    """Return the cues of other senses; ValueError where the table is wrong."""
    rows = read_tsv(FOLDER / "senses.tsv", ("lemma", "domain", "weight", "types", "slots"))
    return tuple(_sense_cue(row) for row in rows)


def _sense_cue(row: Row) -> SenseCue:
    types = frozenset(listed(row, "types", frozenset(event_types())))
    slots = frozenset(listed(row, "slots", SLOTS | SENSE_SLOTS))
    return SenseCue(lemma(row), row.required("domain"), number(row, "weight", 0.0, 1.0), types, slots)
