"""What stops a publication: each rule is broken once, in a world that obeys all the others."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from schemas.tables import TABLES
from tests.unit.store_samples import TEXT, World, tables, world
from warehouse.catalog import connect_files
from warehouse.checks import Violation, check
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def _violations(root: Path, rows: World) -> list[Violation]:
    store = Store(root)
    key = hashlib.sha256(repr(rows).encode()).hexdigest()
    receipt = store.write("load", "p", key, tables(rows))
    with connect_files(store.root, receipt.files) as connection:
        return check(connection)


def test_a_sound_world_has_no_violation(tmp_path: Path) -> None:
    """Rows that obey the rules pass, with emoji and combining characters before and inside the surfaces."""
    assert _violations(tmp_path, world()) == []


def test_empty_tables_have_no_violation(tmp_path: Path) -> None:
    """Before anything was read, nothing is wrong."""
    assert _violations(tmp_path, {name: [] for name in TABLES}) == []


_BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("documents", {"language": "en", "title_start": -1}, "title_start >= 0"),
    ("entity_mentions", {"start": 1}, "text[start:end] = surface"),
    ("entity_mentions", {"end": len(TEXT) + 50}, "text[start:end] = surface"),
    ("entity_mentions", {"start": 7, "end": 6}, "start <= end"),
    ("entity_mentions", {"entity_type": "Person"}, "entity_type is on its closed list"),
    ("entity_mentions", {"entity_id": "nobody"}, "entity_id exists in entities"),
    ("entity_mentions", {"document_id": "nowhere"}, "document_id exists in documents"),
    ("entity_mentions", {"link_score": 1.01}, "link_score <= 1"),
    ("entity_mentions", {"mention_id": "m2"}, "mention_id: one row each"),
    ("document_entities", {"latitude": 90.5}, "latitude <= 90"),
    ("document_entities", {"longitude": -180.5}, "longitude >= -180"),
    ("time_mentions", {"surface": "monday"}, "text[start:end] = surface"),
    ("time_mentions", {"date_from": dt.date(2020, 1, 2), "date_to": dt.date(2020, 1, 1)}, "date_from <= date_to"),
    ("time_mentions", {"date_precision": "century"}, "date_precision is on its closed list"),
    ("event_mentions", {"trigger": "Shelled"}, "text[trigger_start:trigger_end] = trigger"),
    ("event_mentions", {"sentence_end": len(TEXT) + 1}, "the sentence ends within the text"),
    ("event_mentions", {"sentence_end": 3}, "the trigger stands in its sentence"),
    ("event_mentions", {"event_id": "never"}, "event_id exists in events"),
    ("event_mentions", {"place_id": "nowhere"}, "place_id exists in entities"),
    ("event_mentions", {"attributed_to": "nobody"}, "attributed_to exists in entities"),
    ("event_mentions", {"killed_min": 2, "killed_max": 1}, "killed_min <= killed_max"),
    ("event_mentions", {"confidence": -0.1}, "confidence >= 0"),
    (
        "event_mentions",
        {"modality": "negated"},
        "only mentions of an event that is reported, planned or demanded have an event_id",
    ),
    ("event_arguments", {"event_mention_id": "none"}, "event_mention_id exists in event_mentions"),
    ("event_arguments", {"role": "victim"}, "role is on its closed list"),
    ("event_arguments", {"surface": ""}, "text[start:end] = surface"),
    ("events", {"mention_count": 2}, "mention_count counts the mentions"),
    ("events", {"modality": "negated"}, "modality is on its closed list"),
    ("events", {"quad_class": 5}, "quad_class <= 4"),
    ("event_participants", {"entity_id": "nobody"}, "entity_id exists in entities"),
    ("event_participants", {"event_id": "never"}, "event_id exists in events"),
    ("rejections", {"reason": "boring"}, "reason is on its closed list"),
    ("rejections", {"raw_id": "raw9"}, "raw_id exists in raw_documents"),
]


@pytest.mark.parametrize(("name", "change", "rule"), _BROKEN, ids=lambda value: str(value)[:40])
def test_a_broken_rule_is_found(tmp_path: Path, name: str, change: dict[str, Any], rule: str) -> None:
    """One changed value breaks the rule that guards it, and the example names the row."""
    rows = world()
    rows[name][0] |= change
    found = {violation.check: violation for violation in _violations(tmp_path, rows) if violation.table == name}
    assert rule in found
    assert found[rule].count >= 1
    assert "{" in found[rule].example


@pytest.mark.parametrize("table", ["documents", "rejections"])
def test_a_lost_record_is_found(tmp_path: Path, table: str) -> None:
    """A fetched record that is neither a document nor a rejection is a violation, and so is one that is both."""
    rule = "each is one document or one rejection"
    lost, doubled = world(), world()
    lost[table] = []
    doubled["rejections"].append({"raw_id": "raw"})
    for rows in (lost, doubled):
        assert ("raw_documents", rule) in {(found.table, found.check) for found in _violations(tmp_path, rows)}


def test_an_argument_of_another_article_is_found(tmp_path: Path) -> None:
    """An argument must stand in the article of its mention, even where the words are the same."""
    rows = world()
    rows["documents"].append({**rows["documents"][0], "document_id": "copy", "raw_id": "raw3"})
    rows["raw_documents"].append({"raw_id": "raw3"})
    rows["event_arguments"][0]["document_id"] = "copy"
    assert [(found.table, found.check) for found in _violations(tmp_path, rows)] == [
        ("event_arguments", "the argument stands in the article of its mention")
    ]


def test_a_participant_without_an_entity_is_sound(tmp_path: Path) -> None:
    """NULL in a key column that may be NULL is no violation, but the same row twice is."""
    rows = world()
    rows["event_participants"] = [{"event_id": "event", "surface": "Rebels"}]
    assert _violations(tmp_path, rows) == []
    rows["event_participants"] *= 2
    assert [found.check for found in _violations(tmp_path, rows)] == [
        "event_id, role, entity_id, surface: one row each"
    ]


def test_messages_are_deterministic_and_short(tmp_path: Path) -> None:
    """The same broken tables give the same message, whatever a hostile text holds."""
    rows = world()
    rows["entity_mentions"][0]["surface"] = "x'; DROP TABLE documents; --" * 100
    first, again = _violations(tmp_path / "a", rows), _violations(tmp_path / "b", rows)
    assert first == again
    assert len(str(first[0])) < 500
