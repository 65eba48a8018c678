"""The facts about the samples can be asked of any catalog, and fail where there is nothing to see."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from schemas.tables import DERIVED_COLUMNS, TABLES
from tests.eval.facts import Fact, failures, read_facts

FACTS = read_facts(Path(__file__).with_name("facts.json"))


def empty_catalog() -> duckdb.DuckDBPyConnection:
    """Return a database that has every table of the catalog, without rows."""
    connection = duckdb.connect()
    for name, table in TABLES.items():
        columns = [f'"{c.name}" {c.type}' for c in (*table.columns, *DERIVED_COLUMNS.get(name, ()))]
        connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    return connection


def test_facts_differ_and_fail_without_articles() -> None:
    """No fact holds in an empty catalog, and none fails there because its SQL is wrong."""
    failed = failures(empty_catalog(), FACTS)
    assert len({fact.name for fact in FACTS}) == len(FACTS) == len(failed)
    assert [line for line in failed if "the query failed" in line] == []


def test_a_fact_is_compared_row_by_row() -> None:
    """Dates compare as ISO text; a wrong row and a broken query are each one line with the name in front."""
    facts = [
        Fact("day", "select date '2024-05-13', 4", [["2024-05-13", 4]]),
        Fact("toll", "select 4", [[7]]),
        Fact("typo", "selec 4", [[4]]),
    ]
    toll, typo = failures(duckdb.connect(), facts)
    assert toll == "toll: expected [[7]], got [[4]]"
    assert typo.startswith("typo: the query failed: Parser Error")


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    """A fact without its expected rows is an error that names the file and the keys."""
    path = tmp_path / "facts.json"
    path.write_text('[{"name": "day", "sql": "select 1"}]', encoding="utf-8")
    with pytest.raises(ValueError, match="expected a list of objects with name, sql and expect"):
        read_facts(path)
