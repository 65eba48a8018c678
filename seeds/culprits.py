"""Words that say who stands behind an act, as listed in `lexicon/culprits.tsv`."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from seeds.lexicons import FOLDER, SLOTS, Pos, lemma
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD, SELF = "head", "self"
"""The doer is the noun that an adjective describes, or the noun itself."""


@cache
def load_culprits() -> Mapping[tuple[str, str, str], str]:
    """Return (lemma, pos, how the act hangs on it) to how the doer does; ValueError where the table is wrong."""
    found: dict[tuple[str, str, str], str] = {}
    for row in read_tsv(FOLDER / "culprits.tsv", ("lemma", "pos", "act", "doer")):
        doer = row.one_of("doer", {*SLOTS, HEAD, SELF})
        pos = row.one_of("pos", get_args(Pos))
        for act in row.several("act"):
            if found.setdefault((lemma(row), pos, act), doer) != doer:
                raise row.error("one doer for each lemma, pos and act", f"another one for {act}")
    return MappingProxyType(found)
