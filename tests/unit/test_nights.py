"""Which night a run is after, and which articles belong to it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from seeds.sources import Source
from tasks.fetch import PublishedIn, fetch
from tasks.inputs import of_nights, read_paths
from tasks.sources.limits import Limits
from tasks.sources.nights import Nights, NightsError, dated_paths, night_before, one_night, require_begun
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path

MAY = Nights(dt.date(2024, 5, 1), dt.date(2024, 5, 31))
TEXT = "BEIRUT: Two soldiers were killed when a bomb exploded near their base, the army said."


@pytest.mark.parametrize(
    ("start", "night"),
    [
        ("2026-11-28T02:30:00+00:00", "2026-11-27"),
        ("2026-11-28T02:30:00+02:00", "2026-11-27"),
        ("2026-11-28T02:30:00+09:00", "2026-11-26"),  # the 27th is not over in UTC
    ],
)
def test_the_night_is_the_last_day_that_was_over_at_the_scheduled_start(start: str, night: str) -> None:
    """The moment of the schedule counts, in UTC, whatever its zone and however late the run really starts."""
    assert night_before(dt.datetime.fromisoformat(start)) == dt.date.fromisoformat(night)


def test_impossible_nights_are_refused() -> None:
    """A range that is turned round, or of the future, is told with what was expected."""
    with pytest.raises(NightsError, match="swap the two"):
        Nights(MAY.last, MAY.first)
    with pytest.raises(NightsError, match="up to today, 2024-05-30"):
        require_begun(MAY, dt.date(2024, 5, 30))


def test_paths_and_addresses_may_hold_the_night(tmp_path: Path) -> None:
    """Archives are asked for the night that a run is for; of a range, nights without a file are gaps and no error."""
    nights = Nights(dt.date(2024, 4, 30), dt.date(2024, 5, 2))
    for day in ("0430", "0502"):
        (tmp_path / f"news-2024{day}.jsonl").touch()
    dated = str(tmp_path / "news-{night:%Y%m%d}.jsonl")
    assert [path.name for path in dated_paths([dated], nights)] == ["news-20240430.jsonl", "news-20240502.jsonl"]
    missing = dated_paths([str(tmp_path / "{night}.txt"), "inbox"], one_night(dt.date(2024, 5, 1)))
    assert [path.name for path in missing] == ["2024-05-01.txt", "inbox"]
    source = of_nights(Source("list", "gdelt", urls=("https://example.org/{night:%Y/%m/%d}.json",)), nights)
    assert source.urls[1:] == ("https://example.org/2024/05/01.json", "https://example.org/2024/05/02.json")


@pytest.mark.parametrize(("undated", "read"), [(False, 2), (True, 3)])
def test_a_backfill_reads_what_was_published_in_its_nights(tmp_path: Path, undated: bool, read: int) -> None:  # noqa: FBT001
    """Files are looked through for articles of the range; the others are counted and left alone."""
    dates = ["2024-05-01", "2024-05-31T23:30:00Z", "2024-04-30", "2024-05-31T23:30:00-04:00", None]
    lines = [
        json.dumps({"id": str(n), "text": f"{TEXT} Case {n}.", "published_at": day}) for n, day in enumerate(dates)
    ]
    source = tmp_path / "archive.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    stream, wanted = read_paths([source], Limits()), PublishedIn(MAY, undated=undated)
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    fetched = fetch(Store(tmp_path / "w"), stream, set(), wanted, shard_size=10, started_at=now)
    assert (fetched.discovered, fetched.outside) == (read, 5 - read)
