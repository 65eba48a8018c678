"""Under which keys a place is filed, and how ordinary each name is for it.

Belongs here: what English news makes of a name. Does not belong here: where names come from (`gazetteer_sources.py`,
`gazetteer_dump.py`), or how they are compared (`gazetteer_names.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.countries import countries
from seeds.gazetteer_names import fold, is_common_word, without_article, without_kind
from seeds.gazetteer_records import DERIVED_NAME, OTHER_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seeds.gazetteer_records import Entry, Place

_ARABIC = frozenset(
    {
        "ARE", "BHR", "DZA", "EGY", "ESH", "IRQ", "ISR", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN", "PSE", "QAT",
        "SAU", "SDN", "SOM", "SYR", "TUN", "YEM",
    }
)  # fmt: skip
"""Countries whose place names begin with the Arabic article, which news drops or keeps."""
_ARABIC_SCRIPT = _ARABIC | {"AFG", "IRN", "PAK"}
_ADJECTIVES = frozenset(fold(word) for country in countries() for word in country.demonyms)
"""`German` is a parish of the Isle of Man, and seldom meant."""
_NAMES_THE_UNIT = (" county", " parish")
"""Ends of names that news seldom drops: `Orange` alone is hardly Orange County."""


def file_names(entry: Entry, names: Iterable[str], rank: int) -> None:
    """File an entry under these names with this alias rank, and under what news makes of them."""
    for name in names:
        key = fold(name)
        entry.file_under(key, _usual(key, rank))
        for short in _shortened(key, entry.place):
            longer = OTHER_NAME if key.endswith(_NAMES_THE_UNIT) else DERIVED_NAME
            entry.file_under(short, _usual(short, max(rank, longer)))


def _usual(key: str, rank: int) -> int:
    """Return the rank, or the lowest where English text uses the key for something else."""
    return OTHER_NAME if key in _ADJECTIVES or is_common_word(key) else rank


def _shortened(key: str, place: Place) -> Iterator[str]:
    """Yield the key without its kind, without the Arabic article, and without the mute `h` at its end."""
    short = key
    if place.kind != "city" and (parts := without_kind(key)):
        short = parts[0]
        yield short
    if place.country in _ARABIC and (bare := without_article(short)):
        short = bare
        yield short
    if place.country in _ARABIC_SCRIPT and short.endswith("ah"):
        yield short.removesuffix("h")
