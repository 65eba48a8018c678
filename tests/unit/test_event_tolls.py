"""The tolls of events across mentions and articles: narrowed, updated, spread, and never added up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.store_samples import NOON, Row, table

_QUERY = Path(__file__).parents[2] / "tasks" / "resolve" / "events.sql"
Bounds = tuple[int | None, int | None]


def bounds(*mentions: Row, kind: str = "killed") -> Bounds:
    """Return the toll of one event that mentions of `document`, a day of July, report."""
    days = sorted({mention["document"] for mention in mentions})
    with duckdb.connect() as connection:
        connection.register("entities", table("entities"))
        published = {day: NOON + dt.timedelta(days=day) for day in days}
        documents = ({"document_id": f"d{day}", "published_at": published[day], "text": "x" * 9} for day in days)
        connection.register("documents", table("documents", *documents))
        rows = (
            {"event_mention_id": f"m{n}", "document_id": f"d{mention['document']}", "event_id": "e", **mention}
            for n, mention in enumerate(mentions)
        )
        connection.register("event_mentions", table("event_mentions", *rows))
        connection.execute(
            "CREATE TABLE event_classes AS SELECT 'AGREE' AS event_type, '' AS event_mode, 'x' AS cameo_root, "
            "1 AS quad_class, 1.0 AS goldstein"
        )
        found = connection.sql(_QUERY.read_text(encoding="utf-8")).select(f"{kind}_min, {kind}_max").fetchall()
    ((low, high),) = found
    return low, high


def report(day: int, low: int | None, high: int | None, *, so_far: bool = False, kind: str = "killed") -> Row:
    """Return a mention in the article of this day that counts people."""
    return {"document": day, f"{kind}_min": low, f"{kind}_max": high, "toll_is_cumulative": so_far}


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([report(1, None, None)], (None, None)),
        ([report(1, 5, 5), report(1, None, None)], (5, 5)),
        ([report(1, 24, None), report(1, 30, 30)], (30, 30)),
        ([report(1, 5, 5), report(1, 7, 7)], (5, 7)),
        ([report(1, 5, 5), report(2, 7, 7)], (5, 7)),
        ([report(1, 5, 5), report(2, 50, None)], (5, None)),
        ([report(1, 0, 0), report(1, None, None)], (0, 0)),
    ],
)
def test_reports_are_never_added_up(mentions: list[Row], expected: Bounds) -> None:
    """Mentions of an article narrow each other down, articles span from the lowest to the highest."""
    assert bounds(*mentions) == expected


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([report(1, 12, 12), report(1, 14, 14, so_far=True)], (14, 14)),
        ([report(1, 12, 12, so_far=True), report(1, 14, 14, so_far=True)], (14, 14)),
        ([report(1, 12, 12), report(2, 14, 14, so_far=True)], (14, 14)),
        ([report(1, 12, 12), report(2, 14, 14, so_far=True), report(3, 13, 13)], (13, 14)),
        ([report(1, 24, None), report(2, 30, 30, so_far=True)], (30, 30)),
        ([report(1, 24, None), report(1, 30, 30, so_far=True)], (30, 30)),
    ],
)
def test_a_toll_that_rose_replaces_what_it_rose_from(mentions: list[Row], expected: Bounds) -> None:
    """`The toll rose to 14` makes the 12 of before out of date, but not a later correction."""
    assert bounds(*mentions) == expected


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 9), st.integers(0, 9), st.booleans()), min_size=1, max_size=5)
)
@settings(max_examples=25, deadline=None)
def test_no_order_and_no_sum(told: list[tuple[int, int, int, bool]]) -> None:
    """Whatever is reported, the interval stays within the reports and does not depend on their order."""
    mentions = [report(day, low, low + more, so_far=so_far) for day, low, more, so_far in told]
    low, high = bounds(*mentions)
    assert low is not None
    assert high is not None
    assert min(mention["killed_min"] for mention in mentions) <= low <= high
    assert high <= max(mention["killed_max"] for mention in mentions)
    assert bounds(*reversed(mentions)) == (low, high)


def test_each_kind_is_its_own_toll() -> None:
    """The wounded, kidnapped, arrested and displaced are counted beside the killed."""
    for kind in ("wounded", "kidnapped", "arrested", "displaced"):
        assert bounds(report(1, 5, 6, kind=kind), report(1, 2, 2), kind=kind) == (5, 6)
