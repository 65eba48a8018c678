"""How a source is doing: quiet and odd are measured against its own past, and unknown while there is too little."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from seeds.sources import Source
from tasks.health import Past, Yield, has_drifted, has_gone_quiet, health_row, usual_characters
from tasks.inputs import read_declared
from tasks.night import polite_clients
from tasks.sources.limits import Limits
from tasks.sources.visits import Tallies, Tally
from tests.unit.test_sources_crawl import Notebook

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 6, 30, 2, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("days_ago", "quiet"),
    [([], None), ([2, 1], None), ([4, 3, 2], False), ([7, 6, 5], True), ([30, 20, 10], False), ([60, 50, 40], True)],
)
def test_quiet_is_much_longer_than_usual(days_ago: list[int], quiet: bool | None) -> None:  # noqa: FBT001 - a case
    """A daily paper is quiet after four days, a monthly one is not."""
    assert has_gone_quiet([NOW - days * DAY for days in days_ago], NOW) is quiet


def test_drift_is_half_or_twice_the_usual_length() -> None:
    """Three nights of three articles tell what is usual."""
    past = [Past(NOW - days * DAY, 5, length) for days, length in ((4, 1000.0), (3, 1200.0), (2, 900.0))]
    assert usual_characters(past) == 1000.0
    assert usual_characters(past[1:]) is None
    assert usual_characters([Past(NOW, 2, 10.0)] * 9) is None
    assert [has_drifted(length, 1000.0) for length in (499.0, 500.0, 2000.0, 2001.0, None)] == [
        True,
        False,
        False,
        True,
        None,
    ]


def test_a_night_in_one_row() -> None:
    """Counts add up, reasons are told, the slowest answer is named."""
    tally = Tally(read=1, failed=1, problem="x", fetched=4, slowest_seconds=2.0, slowest_url="http://e.org/1")
    made = Yield([100, 300, 200], Counter(no_text=1, language=2))
    row = health_row(Source("a", "feed"), tally, made, [Past(NOW - DAY, 3, 100.0)], NOW)
    assert (row["state"], row["documents"], row["rejected"]) == ("partial", 3, 3)
    assert row["rejections"] == '{"language": 2, "no_text": 1}'
    assert (row["median_characters"], row["usual_characters"], row["extraction_drift"]) == (200, None, None)
    assert (row["last_new_at"], row["gone_quiet"]) == (NOW, False)


def test_a_file_of_several_publishers_is_counted_whole(tmp_path: Path) -> None:
    """Records that name their publisher keep it, and count for the source that brought them all the same."""
    lines = [{"id": "1", "source": "wire", "text": "x"}, {"id": "2", "text": "y"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    tallies = Tallies()
    source = Source("box", "files", paths=(tmp_path / "a.jsonl", tmp_path / "gone.txt"))
    found = list(read_declared([source], Notebook(), polite_clients(), Limits(), tallies))
    assert [item.record.source_id for item in found if item.record] == ["wire", "box", "box"]
    tally = tallies.of("box")
    assert (tally.publishers, tally.state, tally.fetched) == ({"wire", "box"}, "partial", 2)
    made = Yield.of([Yield([10], Counter(empty=1)), Yield([20])])
    assert (made.lengths, made.rejections) == ([10, 20], {"empty": 1})
