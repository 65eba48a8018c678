"""What a run shows while it runs and leaves behind."""

from __future__ import annotations

import datetime as dt

from flows.pace import Pace
from flows.page import page, summary
from tasks.changes import Changes
from tasks.report import Failure, Report

NIGHT = dt.datetime(2026, 11, 28, 2, 30, tzinfo=dt.UTC)


def report() -> Report:
    """Return a run of which one shard failed."""
    return Report(
        NIGHT, discovered=120, unchanged=20, rows={"documents": 90, "rejections": 10},
        rejections={"language": 7, "no_text": 3}, seconds={"clean": 2.0}, snapshot_id=7, published=True,
        failures=[Failure("0123456789abcdef", "extract", "ValueError: <b>broken</b> | pipe")],
    )  # fmt: skip


def test_the_page_says_what_came_what_was_refused_and_what_changed() -> None:
    """Numbers that an operator looks for, each with what it means; what comes from outside cannot act as markup."""
    changes = Changes({"events": (100, 130)}, 35, 5, ("language model",))
    health = [{"source_id": "wire", "state": "ok"}, {"source_id": "<script>|x", "state": "down"}]
    text = page("nightly 2026-11-27", report(), changes, health)
    assert "# nightly 2026-11-27: incomplete" in text
    assert "| language | 7 | the article is not in English |" in text
    assert "| events | 100 | 130 | +30 |" in text
    assert "35 events are new, 5 are gone" in text
    assert "language model" in text
    assert "`dateline rebuild`" in text
    assert "| 01234567 | extract | ValueError: &lt;b&gt;broken&lt;/b&gt; \\| pipe |" in text
    assert "| &lt;script&gt;\\|x | down |" in text


def test_the_summary_counts_everything_once() -> None:
    """One line for the log, in which the missing shards cannot be overlooked."""
    line = summary(report())
    assert "90 new articles, 10 rejections (7 language, 3 no_text), 20 known already; snapshot 7" in line
    assert "1 shards MISSING" in line


def test_the_pace_tells_rate_and_remaining_time() -> None:
    """From the articles read so far; before the first one, what is known instead."""
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert str(pace) == "looking for new records"
    pace("fetch", 400)
    pace("clean", 400)
    assert (str(pace), pace.percent) == ("400 of 400 records cleaned", 10.0)
    now[0] = 50.0
    pace("extract", 100)
    assert str(pace) == "100 of 400 articles read, 2.0 a second, 2 min to go"
    pace("load", 0)
    assert "putting events together" in str(pace)
