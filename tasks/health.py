"""How a source is doing, measured against its own earlier nights.

Belongs here: what counts as quiet and as odd, and the rows of `source_health`. Does not belong here: the counting
while a night goes on (`tasks/sources/visits.py`).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from seeds.sources import Source
    from tasks.rows import Row
    from tasks.sources.visits import Tally
    from warehouse.manifest import DataFile
    from warehouse.store import Store

_LEAST_NIGHTS = 3
"""Nights with new articles from which on there is a usual."""
_LEAST_ARTICLES = 3
"""Articles of a night from which on their median length says something."""
_QUIET_TIMES = 3.0
_QUIET_LEAST = timedelta(days=2)
_DRIFT_TIMES = 2.0


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier night of a source: when it began, its new articles, and their median length in characters."""

    started_at: dt.datetime
    documents: int
    median_characters: float | None


@dataclass(slots=True)
class Yield:
    """What a night's new records of one source became: lengths of the articles in characters, rejections by reason."""

    lengths: list[int] = field(default_factory=list)
    rejections: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, parts: Iterable[Yield]) -> Yield:
        """Return what several made together."""
        whole = cls()
        for part in parts:
            whole.lengths += part.lengths
            whole.rejections += part.rejections
        return whole


def yields(store: Store, files: Iterable[DataFile]) -> dict[str, Yield]:
    """Return what new records became, by source id, from the files of `documents` and `rejections`."""
    found: defaultdict[str, Yield] = defaultdict(Yield)
    for file in files:
        if file.table == "documents":
            for row in store.read(file, ["source_id", "body_start", "body_end"]).to_pylist():
                found[row["source_id"]].lengths.append(row["body_end"] - row["body_start"])
        elif file.table == "rejections":
            for row in store.read(file, ["source_id", "reason"]).to_pylist():
                found[row["source_id"]].rejections[row["reason"]] += 1
    return dict(found)


def health_row(source: Source, tally: Tally, made: Yield, past: Sequence[Past], started_at: dt.datetime) -> Row:
    """Return the row of one source for the night that began at `started_at`; `past` are its nights, oldest first."""
    characters = median(made.lengths) if made.lengths else None
    usual = usual_characters(past)
    news = [night.started_at for night in past if night.documents]
    return {
        "source_id": source.id, "started_at": started_at, "kind": source.kind,
        "state": tally.state, "problem": tally.problem,
        "requests": tally.requests, "not_modified": tally.not_modified, "wire_bytes": tally.wire_bytes,
        "listed": tally.listed, "passed_over": tally.passed_over, "fetched": tally.fetched,
        "unchanged": tally.unchanged, "pending": tally.pending,
        "documents": len(made.lengths), "rejected": made.rejections.total(),
        "rejections": json.dumps(dict(sorted(made.rejections.items()))),
        "slowest_seconds": tally.slowest_seconds, "slowest_url": tally.slowest_url,
        "last_new_at": started_at if made.lengths else news[-1] if news else None,
        "gone_quiet": False if made.lengths else has_gone_quiet(news, started_at),
        "median_characters": characters, "usual_characters": usual,
        "extraction_drift": has_drifted(characters, usual) if len(made.lengths) >= _LEAST_ARTICLES else None,
    }  # fmt: skip


def has_gone_quiet(news: Sequence[dt.datetime], now: dt.datetime) -> bool | None:
    """Say whether the last of the nights that brought news is much longer ago than they used to lie apart.

    None where fewer than three nights brought any.
    """
    if len(news) < _LEAST_NIGHTS:
        return None
    usual = timedelta(seconds=median((later - earlier).total_seconds() for earlier, later in pairwise(news)))
    return now - news[-1] > max(_QUIET_TIMES * usual, _QUIET_LEAST)


def usual_characters(past: Iterable[Past]) -> float | None:
    """Return the median of the nights' median lengths; None where fewer than three nights tell."""
    told = [
        night.median_characters
        for night in past
        if night.median_characters is not None and night.documents >= _LEAST_ARTICLES
    ]
    return median(told) if len(told) >= _LEAST_NIGHTS else None


def has_drifted(characters: float | None, usual: float | None) -> bool | None:
    """Say whether articles are less than half or more than twice as long as usual; None where either is unknown."""
    if characters is None or usual is None:
        return None
    return not usual / _DRIFT_TIMES <= characters <= usual * _DRIFT_TIMES
