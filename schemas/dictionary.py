"""The data dictionary: the tables, their columns and the closed lists as one page of Markdown.

Belongs here: how a declaration is shown. `python -m schemas.dictionary` writes `schemas/README.md`, which is never
edited by hand. Does not belong here: any text about a table or column (it stands in its declaration).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schemas import vocabulary
from schemas.tables import DERIVED_COLUMNS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from schemas.columns import Column, Table

PAGE = Path(__file__).parent / "README.md"
"""Where the rendered dictionary stands."""

_INTRODUCTION = """\
# Data dictionary

Generated from the declarations in this folder by `python -m schemas.dictionary`; do not edit.

Offsets are half-open, count Unicode code points and index `documents.text`: `text[start:end]` is the surface. Times are
UTC. Unknown is NULL, never a default. Columns marked `required` are never NULL. Codes are explained in the
[closed lists](#closed-lists)."""

_CODES: dict[str, Mapping[str, str]] = {
    "Rejection reasons": vocabulary.REJECTION_REASONS,
    "Entity types": vocabulary.ENTITY_TYPES,
    "Mention kinds": vocabulary.MENTION_KINDS,
    "Event types": vocabulary.EVENT_TYPES,
    "Modalities": vocabulary.MODALITIES,
    "Argument roles": vocabulary.ARGUMENT_ROLES,
    "Origins of a publication time": vocabulary.TIME_ORIGINS,
    "Run states": vocabulary.RUN_STATES,
    "Source states": vocabulary.SOURCE_STATES,
}


def render() -> str:
    """Return the data dictionary as Markdown, ending with a line feed."""
    public = [table for table in TABLES.values() if table.public]
    internal = [table for table in TABLES.values() if not table.public]
    parts = [
        _INTRODUCTION,
        *(_section(table) for table in public),
        "# Working tables\n\nReadable, but free to change from version to version.",
        *(_section(table) for table in internal),
        "# Closed lists",
        *(_code_list(title, codes) for title, codes in _CODES.items()),
    ]
    return "\n\n".join(parts) + "\n"


def _section(table: Table) -> str:
    columns = (*table.columns, *DERIVED_COLUMNS.get(table.name, ()))
    lines = _grid(("column", "type", "unit", "meaning"), (_row(table, column) for column in columns))
    return f"## {table.name}\n\n{table.description} Written by {table.stage}.\n\n" + "\n".join(lines)


def _row(table: Table, column: Column) -> tuple[str, ...]:
    return f"`{column.name}`", column.type, column.unit or "", "; ".join([column.description, *_notes(table, column)])


def _notes(table: Table, column: Column) -> Iterator[str]:
    if table.key == (column.name,):
        yield "identifies the row"
    elif column.name in table.key:
        yield "part of what identifies the row"
    if column.required:
        yield "required"
    if column.references:
        yield f"refers to [{column.references}](#{column.references})"
    if column.values:
        yield "one of " + ", ".join(f"`{value}`" for value in column.values)


def _code_list(title: str, codes: Mapping[str, str]) -> str:
    rows = ((f"`{code}`", meaning) for code, meaning in codes.items())
    return f"## {title}\n\n" + "\n".join(_grid(("code", "meaning"), rows))


def _grid(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in (header, ("---",) * len(header), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
