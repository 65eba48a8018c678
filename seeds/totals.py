"""Phrases that show that a toll counts people over some time, as listed in `lexicon/totals.tsv`.

Belongs here: the phrases and what they say of a toll. Does not belong here: words that denote events (`lexicons.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from seeds.lexicons import FOLDER
from seeds.tsv import read_tsv

TotalScope = Literal["so far", "several", "if perfect"]


@dataclass(frozen=True, slots=True)
class TotalCue:
    """A phrase and what it says of a toll; words are lower case, `#` is any number, the scopes are explained there."""

    words: str
    scope: TotalScope


@cache
def load_totals() -> tuple[TotalCue, ...]:
    """Return the phrases that mark totals; ValueError where the table is wrong."""
    rows = read_tsv(FOLDER / "totals.tsv", ("words", "scope"))
    return tuple(
        TotalCue(row.required("words"), cast("TotalScope", row.one_of("scope", get_args(TotalScope)))) for row in rows
    )
