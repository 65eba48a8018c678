"""The data dictionary in the repository is the one that the declarations give."""

from __future__ import annotations

from schemas.dictionary import PAGE, render
from schemas.tables import DERIVED_COLUMNS, TABLES


def test_the_page_is_up_to_date() -> None:
    """Whoever changes a declaration renders the page anew."""
    assert PAGE.read_text(encoding="utf-8") == render(), "run `python -m schemas.dictionary`"


def test_the_page_names_every_column() -> None:
    """Each table has a section, each column a row with its type."""
    sections = {section.split("\n", 1)[0]: section for section in render().split("\n## ")}
    for name, table in TABLES.items():
        for column in (*table.columns, *DERIVED_COLUMNS.get(name, ())):
            assert f"| `{column.name}` | {column.type} |" in sections[name]


def test_the_page_explains_the_codes() -> None:
    """Closed lists are given with their meanings, and cells cannot break the grid."""
    page = render()
    assert "| `ASSAULT` | use violence: kill, wound, bomb, shoot, torture |" in page
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {3, 5}
