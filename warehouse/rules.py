"""The rules that every published row obeys, as SQL over the views.

Belongs here: what must hold. Rules on columns are derived from their declarations (key, required, values, references,
between) and from names that come in pairs (`*_min` and `*_max`, `*_from` and `*_to`, `*start` and `*end`, `first_*` and
`last_*`); rules of one table alone, and rules that tie tables together, are written out. Does not belong here: running
them (`checks.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.tables import TABLES
from schemas.vocabulary import EVENT_MODALITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schemas.columns import Column, Table

_PAIRS = (("_min", "_max"), ("_from", "_to"), ("start", "end"))
_PREFIX_PAIRS = (("first_", "last_"),)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `violations` is a query for the rows, or groups of rows, of a table that break it."""

    name: str
    table: str
    violations: str


@dataclass(frozen=True, slots=True)
class RowRule:
    """One rule on single rows: `broken` is an SQL condition on a row, true where the row breaks it."""

    name: str
    table: str
    broken: str

    def rule(self) -> Rule:
        """Return the rule as a query of its own, which shows the key and the columns in question."""
        table = TABLES[self.table]
        shown = [column.name for column in table.columns if f'"{column.name}"' in self.broken]
        columns = _quoted([*table.key, *(name for name in shown if name not in table.key)])
        return Rule(self.name, table.name, f"SELECT {columns} FROM {table.name} WHERE {self.broken}")  # noqa: S608 -- no value of the data is in it


def row_rules(table: Table) -> list[RowRule]:
    """Return the rules that each row of a table must obey by itself."""
    conditions = [condition for column in table.columns for condition in _column_conditions(column)]
    conditions += [(f"{low} <= {high}", f'"{low}" > "{high}"') for low, high in _pairs(table)]
    conditions += _WRITTEN_ROW_RULES.get(table.name, ())
    return [RowRule(name, table.name, broken) for name, broken in conditions]


def table_rules(table: Table) -> Iterator[Rule]:
    """Yield the rules on the rows of a table together, and on what they refer to."""
    yield _key_rule(table)
    for column in table.columns:
        if column.references is not None:
            yield _reference_rule(table, column, TABLES[column.references])
    yield from (_offset_rule(table, *names) for names in _spans(table))
    yield from (Rule(name, table.name, query) for name, query in _WRITTEN_RULES.get(table.name, ()))


def _column_conditions(column: Column) -> Iterator[tuple[str, str]]:
    name = f'"{column.name}"'
    if column.required:
        yield f"{column.name} is not NULL", f"{name} IS NULL"
    if column.values is not None:
        yield f"{column.name} is on its closed list", f"{name} NOT IN ({_literals(column.values)})"
    if column.between is not None:
        low, high = column.between
        yield f"{column.name} >= {low}", f"{name} < {low}"
        if high is not None:
            yield f"{column.name} <= {high}", f"{name} > {high}"


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    names = [column.name for column in table.columns]
    for name in names:
        others = [name.removesuffix(low) + high for low, high in _PAIRS if name.endswith(low)]
        others += [high + name.removeprefix(low) for low, high in _PREFIX_PAIRS if name.startswith(low)]
        yield from ((name, other) for other in others if other in names)


def _key_rule(table: Table) -> Rule:
    key = _key(table)
    query = f"SELECT {key}, count(*) AS rows FROM {table.name} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608
    return Rule(f"{', '.join(table.key)}: one row each", table.name, query)


def _reference_rule(table: Table, column: Column, target: Table) -> Rule:
    (target_key,) = target.key
    query = (
        f'SELECT {_key(table)}, "{column.name}" AS missing FROM {table.name} '  # noqa: S608
        f'ANTI JOIN (SELECT "{target_key}" AS target FROM {target.name}) ON "{column.name}" = target '
        f'WHERE "{column.name}" IS NOT NULL'
    )
    return Rule(f"{column.name} exists in {target.name}", table.name, query)


def _spans(table: Table) -> Iterator[tuple[str, str, str]]:
    """Yield start, end and surface columns of a table whose rows quote the text of an article."""
    names = {column.name for column in table.columns}
    if any(column.references == "documents" for column in table.columns):
        candidates = [("start", "end", "surface")] + [(f"{name}_start", f"{name}_end", name) for name in sorted(names)]
        yield from (candidate for candidate in candidates if names.issuperset(candidate))


def _offset_rule(table: Table, start: str, end: str, surface: str) -> Rule:
    """Compare with the text; substr counts code points, as offsets do, and not grapheme clusters."""
    query = f"""
        SELECT {_key(table)}, "{surface}" AS expected, quoted
        FROM (
            SELECT rows.*, substr(documents.text, "{start}" + 1, "{end}" - "{start}") AS quoted
            FROM {table.name} AS rows JOIN documents USING (document_id)
        )
        WHERE quoted IS DISTINCT FROM "{surface}" OR "{surface}" = ''
    """  # noqa: S608
    return Rule(f"text[{start}:{end}] = {surface}", table.name, query)


def _key(table: Table) -> str:
    return _quoted(table.key)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _literals(values: Sequence[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


_WRITTEN_ROW_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "event_mentions": (
        (
            "only mentions of an event that is reported, planned or demanded have an event_id",
            f'"event_id" IS NOT NULL AND "modality" NOT IN ({_literals(EVENT_MODALITIES)})',
        ),
        (
            "the trigger stands in its sentence",
            '"trigger_start" < "sentence_start" OR "trigger_end" > "sentence_end"',
        ),
    ),
}

_RECORDS_QUERY = """
    SELECT raw_id, coalesce(accepted, 0) AS documents, coalesce(rejected, 0) AS rejections
    FROM raw_documents
    LEFT JOIN (SELECT raw_id, count(*) AS accepted FROM documents GROUP BY raw_id) USING (raw_id)
    LEFT JOIN (SELECT raw_id, count(*) AS rejected FROM rejections GROUP BY raw_id) USING (raw_id)
    WHERE coalesce(accepted, 0) + coalesce(rejected, 0) <> 1
"""

_SENTENCE_QUERY = """
    SELECT event_mention_id, sentence_end, length(documents.text) AS characters
    FROM event_mentions JOIN documents USING (document_id)
    WHERE sentence_end > length(documents.text)
"""

_ARGUMENT_QUERY = """
    SELECT event_mention_id, arguments.role, arguments.document_id, mentions.document_id AS expected
    FROM event_arguments AS arguments JOIN event_mentions AS mentions USING (event_mention_id)
    WHERE arguments.document_id <> mentions.document_id
"""

_MENTION_COUNT_QUERY = """
    SELECT event_id, mention_count, coalesce(counted, 0) AS counted
    FROM events
    LEFT JOIN (SELECT event_id, count(*) AS counted FROM event_mentions GROUP BY event_id) USING (event_id)
    WHERE mention_count <> coalesce(counted, 0)
"""

_WRITTEN_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "raw_documents": (("each is one document or one rejection", _RECORDS_QUERY),),
    "event_mentions": (("the sentence ends within the text", _SENTENCE_QUERY),),
    "event_arguments": (("the argument stands in the article of its mention", _ARGUMENT_QUERY),),
    "events": (("mention_count counts the mentions", _MENTION_COUNT_QUERY),),
}
