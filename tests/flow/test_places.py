"""Where events are on the map after a whole run: points by distance, villages in their unit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.flow.test_runs import night
from warehouse.catalog import connect
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path

STORIES = (
    "KABUL, Afghanistan — A roadside bomb killed six policemen 70 km southeast of Kabul on Tuesday, officials said.",
    "KABUL, Afghanistan — Gunmen killed three farmers in the village of Zarkhelabad in Helmand province on Monday.",
    "KANDAHAR, Afghanistan — Two soldiers were wounded in Zarkhelabad, a village in Helmand province, on Sunday.",
)


def test_events_lie_where_the_text_says(tmp_path: Path) -> None:
    """Each event has the point, precision and radius that its words deserve; articles share the village."""
    source = tmp_path / "stories.jsonl"
    records = [{"id": str(i), "text": text, "published_at": "2024-05-08"} for i, text in enumerate(STORIES)]
    source.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    night([str(source)], tmp_path / "w")
    with connect(Store(tmp_path / "w")) as connection:
        found = connection.execute(
            "SELECT DISTINCT place_name, geo_precision, point_radius_km, admin1, country, latitude "
            "FROM events ORDER BY place_name"
        ).fetchall()
        shared = connection.execute("SELECT document_count FROM entities WHERE name = 'Zarkhelabad'").fetchall()
    assert [row[:5] for row in found] == [
        ("70 km SE of Kabul", "admin2", 17.5, None, "AFG"),
        ("Zarkhelabad", "admin1", None, "Helmand", "AFG"),
    ]
    assert found[0][5] == pytest.approx(34.53 - 0.445, abs=0.02)
    assert shared == [(2,)]
