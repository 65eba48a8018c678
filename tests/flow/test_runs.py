"""Whole runs without Prefect: nothing lost, nothing done twice, the same rows however the work is cut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from flows.engine import threads
from flows.nightly import SAMPLES, Night, read_night
from flows.rebuild import rebuild_all
from warehouse.catalog import connect
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.report import Report

TABLES = (
    "documents", "rejections", "entity_mentions", "time_mentions", "event_mentions", "event_arguments",
    "entities", "events", "event_participants", "duplicates",
)  # fmt: skip


def night(paths: list[str], root: Path, workers: int = 1, shard_size: int = 500) -> Report:
    """Run one night."""
    with threads() as engine:
        return read_night(Night(tuple(paths), str(root), workers, shard_size), engine, lambda stage, rows: None)  # noqa: ARG005


def rows(root: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every table's rows, in one order."""
    with connect(Store(root)) as connection:
        return {name: sorted(connection.execute(f"FROM {name}").fetchall(), key=repr) for name in TABLES}


def test_same_rows_in_other_order_shards_and_nights(tmp_path: Path, samples_warehouse: Path) -> None:
    """Order of the input, size of shards, number of workers and of nights make no difference to any row."""
    files = sorted((str(path) for path in SAMPLES.iterdir() if path.suffix != ".md"), reverse=True)
    night(files[:7], tmp_path, workers=2, shard_size=3)
    night(files[7:], tmp_path, workers=1, shard_size=4)
    assert rows(tmp_path) == rows(samples_warehouse)


def test_nothing_new_publishes_nothing(samples_warehouse: Path) -> None:
    """A second run over the same input finds every record known and leaves the snapshot as it is."""
    before = Store(samples_warehouse).current()
    report = night([], samples_warehouse)
    assert not report.published
    assert report.unchanged == report.discovered > 0
    assert Store(samples_warehouse).current() == before


def test_rebuild_from_kept_bytes_changes_nothing(samples_warehouse: Path) -> None:
    """With the same code, model and seeds a rebuild finds every result made, and publishes nothing."""
    with threads() as engine:
        report = rebuild_all(str(samples_warehouse), 1, 0.0, engine, lambda stage, rows: None)  # noqa: ARG005
    assert not report.published
    assert not report.failures


def test_every_record_is_a_document_or_a_rejection(tmp_path: Path) -> None:
    """Broken records are rejected with their reason, and cost no other record."""
    good = {
        "id": "a1",
        "text": "BEIRUT: Two soldiers were killed on Monday when a bomb exploded near their base.",
        "published_at": "2024-05-07",
    }
    lines = [
        json.dumps(good),
        json.dumps(good),
        "{broken",
        json.dumps({"id": "a2"}),
        json.dumps({"id": "a3", "text": " "}),
    ]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "feed.jsonl").write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\x00garbage\n")
    (tmp_path / "in" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    report = night([str(tmp_path / "in")], tmp_path / "w")
    assert report.discovered == 7
    assert report.rows["documents"] + report.rows["rejections"] == 7
    assert report.rows["documents"] == 1
    assert report.rejections["repeated"] == 1
    assert report.rejections["bad_json"] >= 1


@pytest.mark.parametrize(
    "line", [json.dumps({"id": "x", "text": "word " * 60_000}), json.dumps({"id": "y", "text": "(" * 50_000})]
)
def test_odd_articles_are_told_not_lost(tmp_path: Path, line: str) -> None:
    """An endless text and one without words end as a document or with a reason, never with an error."""
    source = tmp_path / "odd.jsonl"
    source.write_text(line, encoding="utf-8")
    report = night([str(source)], tmp_path / "w")
    assert report.rows.get("documents", 0) + report.rows.get("rejections", 0) == 1
    assert not report.failures
