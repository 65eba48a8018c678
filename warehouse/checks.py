"""The checks that stop a publication: every rule of `rules.py`, run on the views of a connection.

Belongs here: running rules and saying what broke them. Does not belong here: the rules, and what a run does with a
violation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.tables import TABLES
from warehouse.rules import Rule, row_rules, table_rules

if TYPE_CHECKING:
    import duckdb

    from schemas.columns import Table

_EXAMPLE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that does not hold: how many rows (or groups of rows) break it, and one of them, shortened."""

    check: str
    table: str
    count: int
    example: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.table}: {self.check}: broken {self.count} times, for example {self.example}"


def check(connection: duckdb.DuckDBPyConnection) -> list[Violation]:
    """Return what is wrong with the tables that the connection shows, in the order of the flow; empty when all is well.

    The connection is one of `catalog.connect` or `catalog.connect_files`. Each table is read a few times in whole, so
    the time grows with the warehouse.
    """
    return [violation for table in TABLES.values() for violation in _check_table(connection, table)]


def _check_table(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Violation]:
    rules = [*_broken_row_rules(connection, table), *table_rules(table)]
    found = [_violation(connection, rule) for rule in rules]
    return [violation for violation in found if violation is not None]


def _broken_row_rules(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Rule]:
    """Test all rules on rows in one pass; only the few that are broken are worth a query of their own."""
    rules = row_rules(table)
    tests = ", ".join(f"coalesce(bool_or({rule.broken}), false)" for rule in rules)
    broken = connection.execute(f"SELECT {tests} FROM {table.name}").fetchone() or ()  # noqa: S608 -- from declarations
    return [rule.rule() for rule, is_broken in zip(rules, broken, strict=True) if is_broken]


def _violation(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Violation | None:
    # The least example, so that the same tables give the same message.
    query = f"SELECT count(*), min(CAST(broken AS VARCHAR)) FROM ({rule.violations}) AS broken"  # noqa: S608 -- as above
    count, example = connection.execute(query).fetchone() or (0, None)
    return Violation(rule.name, rule.table, count, str(example)[:_EXAMPLE_CHARACTERS]) if count else None
