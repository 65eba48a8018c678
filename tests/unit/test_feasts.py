"""The table of feasts is checked cell by cell, and every feast has a day in every year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seeds import feasts
from tasks.nlp.times import find_times

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("year", [1988, 1996, 2000, 2018, 2020, 2026])
def test_every_feast_has_a_day_each_year(year: int) -> None:
    """Each name is found as a whole and falls in the year that stands beside it."""
    for feast in feasts.load_feasts().values():
        (mention,) = find_times(f"on {feast.name} {year}", None)
        assert mention.surface == f"{feast.name} {year}"
        assert mention.value is not None
        assert mention.value.startswith(f"{year}-")


@pytest.mark.parametrize("row", ["Harvest\tmoon\t9 1", "Harvest\tfixed\t9 1", "Harvest\tnth\t9 1 someday"])
def test_a_wrong_row_is_refused(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that does not exist, or numbers that do not fit it, stop the run with file and line."""
    path = tmp_path / "feasts.tsv"
    path.write_text(f"name\trule\tvalue\n{row}\n", "utf-8")
    monkeypatch.setattr(feasts, "FILE", path)
    with pytest.raises(ValueError, match=r"feasts\.tsv"):
        feasts.load_feasts.__wrapped__()
