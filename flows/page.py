"""The page that a run leaves behind, in Markdown: what came, what was refused and why, which sources ail, what changed.

Belongs here: texts. Does not belong here: numbers (`tasks/report.py`, `tasks/changes.py`), or where the page is shown.
Names that come from outside are shown as text, whatever they hold.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from schemas.vocabulary import REJECTION_REASONS
from tasks.changes import Changes
from tasks.report import Report

_HEALTH = (
    *("source_id", "state", "documents", "unchanged", "rejected", "pending", "slowest_seconds", "gone_quiet"),
    *("extraction_drift", "problem"),
)
"""Columns of `source_health` that an operator looks at first."""
_NAMED = 5
_LONGEST = 200
"""Characters of a cell; whole values are in the warehouse."""


def summary(report: Report) -> str:
    """Say in one line what a run did: for the log, and as the message of its state."""
    foreign = f" ({report.foreign:,} not in English, not read)" if report.foreign else ""
    told = f"{report.rows.get('documents', 0):,} new articles{foreign}, {report.rows.get('rejections', 0):,} rejections"
    if reasons := ", ".join(f"{count:,} {reason}" for reason, count in report.rejections.items()):
        told += f" ({reasons})"
    told += f", {report.unchanged:,} known already"
    if report.outside:
        told += f", {report.outside:,} outside the nights"
    where = f"snapshot {report.snapshot_id}" if report.published else "nothing new, no snapshot"
    missing = f"; {len(report.failures)} shards MISSING, the next run tries them again" if report.failures else ""
    return f"{told}; {where}{missing}{_ailing(report)}"


def _ailing(report: Report) -> str:
    """Name the sources that could not be read, and why; of many the first few."""
    named = [f"; source {t.source_id} {t.state.upper()}: {t.problem}"[:_LONGEST] for t in report.troubles[:_NAMED]]
    more = len(report.troubles) - len(named)
    return "".join(named) + (f"; and {more} more" if more else "")


def page(title: str, report: Report, changes: Changes | None, health: Sequence[Mapping[str, Any]]) -> str:
    """Return the page of a run.

    Args:
        title: what ran.
        report: what it did.
        changes: how its snapshot differs from the one before; None where it published none.
        health: its rows of `source_health`.
    """
    parts = [
        f"# {_text(title)}: {report.state}",
        _text(summary(report)),
        *_failures(report),
        "## Counts",
        _table(("", "records"), _counts(report)),
        "## Rejections by reason",
        _table(("reason", "records", "meaning"), _rejections(report)) if report.rejections else "None.",
        "## Source health",
        _table(_HEALTH, ((row.get(name) for name in _HEALTH) for row in health)) if health else "No source was asked.",
        "## What changed since the last run",
        *_changes(changes),
        "## Seconds by stage",
        _table(("stage", "seconds"), report.seconds.items()),
    ]
    return "\n\n".join(parts) + "\n"


def _failures(report: Report) -> Iterable[str]:
    if report.failures:
        yield "## Missing shards"
        yield (
            "Their articles are in no table yet. The next run tries them again; where it fails in the same way, the "
            "error says what to mend."
        )
        yield _table(("shard", "stage", "error"), ((f.partition[:8], f.stage, f.error) for f in report.failures))


def _counts(report: Report) -> Iterable[tuple[str, int]]:
    yield "records in the input", report.discovered
    yield "of these known already", report.unchanged
    if report.outside:
        yield "left alone, outside the nights", report.outside
    yield from (
        (f"new {table.replace('_', ' ')}", report.rows.get(table, 0))
        for table in ("documents", "rejections", "entity_mentions", "time_mentions", "event_mentions")
    )


def _rejections(report: Report) -> Iterable[tuple[str, int, str]]:
    ordered = sorted(report.rejections.items(), key=lambda item: (-item[1], item[0]))
    return ((reason, count, REJECTION_REASONS.get(reason, "")) for reason, count in ordered)


def _changes(changes: Changes | None) -> Iterable[str]:
    if changes is None:
        yield "Nothing: no snapshot was published."
        return
    yield _table(
        ("table", "before", "now", "change"),
        ((table, before, now, f"{now - before:+,}") for table, (before, now) in changes.rows.items()),
    )
    yield f"{changes.new_events:,} events are new, {changes.gone_events:,} are gone or became part of others."
    if changes.versions:
        yield (
            f"**Changed since then: {', '.join(changes.versions)}.** Articles of earlier runs still read as before; "
            "the deployment `rebuild` (or `dateline rebuild`) reads them anew."
        )


def _table(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return _text("" if value is None else str(value))


def _text(value: str) -> str:
    """Show characters that Markdown or HTML would act upon as what they are."""
    short = " ".join(value.split())[:_LONGEST]
    return html.escape(short, quote=False).replace("|", "\\|").replace("[", "\\[").replace("`", "'")
