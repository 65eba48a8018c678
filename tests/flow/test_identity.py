"""Who is who across the articles of a run: tables show one entity for two spellings, and two for two namesakes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from flows.engine import threads
from flows.nightly import Night, read_night
from warehouse.catalog import connect
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

ARTICLES = {
    "sinai-1": "CAIRO: Egyptian general Abdel Rahman al-Khatib met Turkish officials in Cairo on Monday. Khatib said "
    "Egypt would send troops to Sinai. The Egyptian army attacked militants in Sinai.",
    "sinai-2": "CAIRO: Egyptian general Abdurrahman el-Khateeb visited Sinai on Tuesday. Egypt's army said that "
    "Khateeb met Turkish officials in Cairo.",
    "lima": "LIMA: Peruvian mayor Marco Delgado was arrested in Lima on Wednesday. Peruvian police said that Delgado "
    "was accused of fraud.",
    "kyiv": "KYIV: Ukrainian general Marco Delgado visited Kyiv on Wednesday. Delgado accused Ukrainian officials of "
    "fraud.",
}


def _run(root: Path, names: list[str], folder: Path) -> None:
    for name in names:
        line = {"id": name, "text": ARTICLES[name], "published_at": "2019-03-06"}
        (folder / f"{name}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    with threads() as engine:
        paths = tuple(str(folder / f"{name}.jsonl") for name in names)
        read_night(Night(paths, str(root), 1, 500), engine, lambda stage, rows: None)  # noqa: ARG005


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a warehouse of the articles, read in two nights."""
    folder: Path = tmp_path_factory.mktemp("identity")
    _run(folder / "w", ["sinai-1", "kyiv"], folder)
    _run(folder / "w", ["sinai-2", "lima"], folder)
    return folder / "w"


def _entities(connection: duckdb.DuckDBPyConnection, pattern: str) -> dict[str, set[str]]:
    """Return the entities that each article's mentions of this surface mean."""
    rows = connection.execute(
        "SELECT d.record_id, m.entity_id FROM entity_mentions AS m JOIN documents AS d USING (document_id) "
        "WHERE m.mention_kind = 'name' AND m.surface LIKE ?",
        [pattern],
    ).fetchall()
    found: dict[str, set[str]] = {}
    for article, entity in rows:
        found.setdefault(article, set()).add(entity)
    return found


def test_two_spellings_are_one_entity(root: Path) -> None:
    """One row in entities with both spellings; mentions, arguments and participants all lead to it."""
    with connect(Store(root)) as connection:
        found = _entities(connection, "%Khat%")
        assert found["sinai-1"] == found["sinai-2"]
        (entity,) = found["sinai-1"]
        query = "SELECT name, aliases, country, document_count FROM entities WHERE entity_id = ?"
        ((name, aliases, country, articles),) = connection.execute(query, [entity]).fetchall()
        spellings = {"Abdel Rahman al-Khatib", "Abdurrahman el-Khateeb"}
        assert spellings <= {name, *aliases}
        assert (country, articles) == ("EGY", 2)
        sources = connection.execute(
            "SELECT count(DISTINCT document_id) FROM event_arguments WHERE entity_id = ?", [entity]
        ).fetchall()
        assert sources == [(2,)]
        told = "SELECT count(*) FROM event_participants WHERE name = ? AND entity_id <> ?"
        assert connection.execute(told, [name, entity]).fetchall() == [(0,)]


def test_namesakes_are_two_entities(root: Path) -> None:
    """The mayor in Peru and the general in Ukraine have a row each."""
    with connect(Store(root)) as connection:
        found = _entities(connection, "Marco Delgado")
        assert len(found["lima"] | found["kyiv"]) == 2
        rows = connection.execute(
            "SELECT country FROM entities WHERE name = 'Marco Delgado' AND document_count = 1 ORDER BY 1"
        )
        assert rows.fetchall() == [("PER",), ("UKR",)]


def test_scores_tell_how_sure(root: Path) -> None:
    """A mention that is linked across spellings has a lower score than its article alone gives it."""
    query = (
        "SELECT count(*) FROM entity_mentions AS m JOIN entity_links AS l ON l.document_id = m.document_id "
        "AND l.merged_into = m.entity_id WHERE l.score < 1 AND m.link_score > l.score"
    )
    with connect(Store(root)) as connection:
        assert connection.execute("SELECT count(*) FROM entity_links WHERE score < 1").fetchall() == [(1,)]
        assert connection.execute(query).fetchall() == [(0,)]


def test_nights_make_no_difference(root: Path, tmp_path: Path) -> None:
    """The same articles in one night, the other way round, give the same links."""
    _run(tmp_path / "w", ["sinai-2", "lima", "sinai-1", "kyiv"], tmp_path)
    query = (
        "SELECT record_id, l.* EXCLUDE (document_id) FROM entity_links AS l JOIN documents USING (document_id) "
        "ORDER BY ALL"
    )
    with connect(Store(root)) as two_nights, connect(Store(tmp_path / "w")) as one_night:
        assert two_nights.execute(query).fetchall() == one_night.execute(query).fetchall() != []
