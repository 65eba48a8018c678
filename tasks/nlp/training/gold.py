"""Labelled news: JSON lines with `text` and, under `gold`, the spans that people marked in it.

    {"id": "a1", "text": "Ann Lee left Paris.", "gold": {"entities": [{"start": 0, "end": 7, "label": "PER"}, ...]}}

`entities` mark every person, organization and place of a text; `toponyms` mark its places alone, those on the map with
`lat` and `lon`. Offsets count Unicode code points, half-open.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TYPES = {
    **dict.fromkeys(("PER", "Person", "person"), "person"),
    **dict.fromkeys(("ORG", "Organisation", "organization"), "organization"),
    **dict.fromkeys(("LOC", "Location", "place"), "place"),
}
_NO_TOPONYMS = frozenset({"Non_Toponym", "Homonym"})


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A marked span: its type, or None where the marks leave open whether it is a place; and its point, if given."""

    start: int
    end: int
    entity_type: str | None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class GoldText:
    """A labelled text; `complete` where persons and organizations are marked too; `source` is its outlet's address."""

    text: str
    spans: tuple[GoldSpan, ...]
    complete: bool
    source: str | None = None


def read_gold(path: Path) -> Iterator[GoldText]:
    """Yield the labelled texts of a file; ValueError names the line that is no such record."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                record = json.loads(line)
                gold = record["gold"]
                complete = "entities" in gold
                spans = map(_entity if complete else _toponym, gold["entities" if complete else "toponyms"])
                yield GoldText(record["text"], tuple(span for span in spans if span), complete, record.get("source"))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"{path}, line {number}: expected a record with text and gold entities or toponyms, found {error!r}"
                ) from error


def _entity(item: dict[str, Any]) -> GoldSpan | None:
    entity_type = _TYPES.get(item["label"])
    return GoldSpan(item["start"], item["end"], entity_type) if entity_type else None


def _toponym(item: dict[str, Any]) -> GoldSpan | None:
    if item.get("toponym_type") in _NO_TOPONYMS or item.get("start") is None:
        return None
    point = (item.get("lat"), item.get("lon"))
    return GoldSpan(item["start"], item["end"], None if point[0] is None else "place", *point)
