"""Facts about a warehouse: SQL on the catalog's public views, each with the rows that it must return.

Belongs here: how facts are read and checked. Does not belong here: the facts themselves (`facts.json`), and how a
warehouse is built.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it says, a query, and the rows that the query must return (dates as ISO text)."""

    name: str
    sql: str
    expect: list[list[object]]


def read_facts(path: Path) -> list[Fact]:
    """Read a JSON list of `{"name", "sql", "expect"}`; ValueError where a fact has other keys."""
    try:
        return [Fact(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except TypeError as error:
        raise ValueError(f"{path}: expected a list of objects with name, sql and expect: {error}") from error


def failures(connection: duckdb.DuckDBPyConnection, facts: Iterable[Fact]) -> list[str]:
    """Return one line for each fact that does not hold: its name, what was expected and what came."""
    return [line for fact in facts if (line := _failure(connection, fact))]


def _failure(connection: duckdb.DuckDBPyConnection, fact: Fact) -> str | None:
    try:
        rows = [[_plain(value) for value in row] for row in connection.execute(fact.sql).fetchall()]
    except duckdb.Error as error:
        return f"{fact.name}: the query failed: {str(error).splitlines()[0]}"
    return None if rows == fact.expect else f"{fact.name}: expected {fact.expect}, got {rows}"


def _plain(value: object) -> object:
    """Return a value as JSON can hold it."""
    return value.isoformat() if isinstance(value, dt.date) else value
