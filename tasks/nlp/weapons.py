"""The weapon nouns of the lexicon, as sets to ask."""

from __future__ import annotations

from functools import cache

from seeds.lexicons import load_instruments


@cache
def weapon_lemmas() -> frozenset[str]:
    """Return the lemmas of all weapons."""
    return frozenset(instrument.lemma for instrument in load_instruments())


@cache
def vehicle_lemmas() -> frozenset[str]:
    """Return the lemmas of aircraft and vehicles, which can be targets too."""
    return frozenset(i.lemma for i in load_instruments() if i.kind in {"aircraft", "vehicle"})
