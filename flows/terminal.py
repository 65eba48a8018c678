"""What `dateline run` and `dateline rebuild` show: a live progress bar and the closing tables."""

import datetime as dt
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from flows.errors import ServerError, errors_in_one_line
from flows.query import wide_console
from tasks.report import Report
from warehouse.catalog import connect
from warehouse.store import Store

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from flows.backfill import Undated
    from flows.nightly import Night
    from flows.rebuild import Damaged

_WIDEST = 30
"""Characters of a cell in the closing table; whole values are in the warehouse."""
_STAGES = ("clean", "extract")
_CLOSING_EVENTS = """
    WITH side AS (
        SELECT event_id, role, array_to_string(list_sort(list_distinct(list(name)))[:2], ', ') AS names
        FROM event_participants GROUP BY event_id, role
    )
    SELECT occurred_from AS day, event_type AS type, place_name AS place, actor.names AS actor,
        recipient.names AS recipient, killed_min AS killed, wounded_min AS wounded, document_count AS articles
    FROM events
    LEFT JOIN side AS actor ON actor.event_id = events.event_id AND actor.role = 'actor'
    LEFT JOIN side AS recipient ON recipient.event_id = events.event_id AND recipient.role = 'recipient'
    WHERE modality = 'asserted'
    ORDER BY mention_count DESC, confidence DESC, day DESC NULLS LAST, events.event_id LIMIT 15
"""


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[str, int], None]]:
    """Show a bar a stage, of the records that the fetch stage found new."""
    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bars = {stage: progress.add_task(stage, total=None) for stage in _STAGES}

        def on_rows(stage: str, rows: int) -> None:
            if stage == "fetch":
                for bar in bars.values():
                    progress.update(bar, total=rows)
            elif stage in bars:
                progress.advance(bars[stage], rows)

        yield on_rows


def run_and_show(night: "Night") -> None:
    """Run one night and show what came of it; as a Prefect run where a Prefect server is configured."""
    from flows.engine import threads  # noqa: PLC0415 - Prefect takes a second to import
    from flows.nightly import nightly, read_night  # noqa: PLC0415

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    console = wide_console()
    with errors_in_one_line():
        if os.environ.get("PREFECT_API_URL"):
            asked = (night.warehouse, night.workers, night.shard_size, night.wait_seconds, list(night.sources))
            _watched(lambda: nightly(None, list(night.paths), *asked, return_state=True))
            return
        with _progress(console) as on_rows, threads() as engine:
            report = read_night(night, engine, on_rows)
        _show(console, report, night.warehouse)


def backfill_and_show(paths: list[str], nights: tuple[dt.date, dt.date], undated: "Undated", warehouse: str) -> None:
    """Backfill and show what came of it; as a Prefect run where a Prefect server is configured."""
    from flows.backfill import backfill, backfill_nights  # noqa: PLC0415
    from flows.engine import threads  # noqa: PLC0415
    from flows.nightly import Night  # noqa: PLC0415

    console = wide_console()
    with errors_in_one_line():
        if os.environ.get("PREFECT_API_URL"):
            _watched(lambda: backfill(*nights, paths, undated, warehouse, return_state=True))
            return
        with _progress(console) as on_rows, threads() as engine:
            report = backfill_nights(Night(tuple(paths), warehouse), nights, undated, engine, on_rows)
        _show(console, report, warehouse)


def _watched(run: Callable[[], "State[Any]"]) -> None:
    """Run a flow that Prefect watches and say how it ended; exit status 1 for a failure, 2 where shards are missing."""
    import httpx  # noqa: PLC0415

    from flows.server import require_server  # noqa: PLC0415

    require_server()
    try:
        state = run()
    except httpx.HTTPError as error:
        raise ServerError(
            f"the Prefect server was lost during the run ({error}). What the run read is kept, and published where it "
            "came so far: start the server and run again"
        ) from None
    typer.echo(f"{state.name}: {state.message}")
    if not state.is_completed() or state.name == "Incomplete":
        raise typer.Exit(2 if state.is_completed() else 1)


def rebuild_and_show(warehouse: str, workers: int, wait: float, damaged: "Damaged") -> None:
    """Rebuild and show what came of it; as a Prefect run where a Prefect server is configured."""
    from flows.engine import threads  # noqa: PLC0415
    from flows.rebuild import rebuild, rebuild_all  # noqa: PLC0415

    console = wide_console()
    with errors_in_one_line():
        if os.environ.get("PREFECT_API_URL"):
            _watched(lambda: rebuild(warehouse, workers, damaged, wait, return_state=True))
            return
        with _progress(console) as on_rows, threads() as engine:
            report = rebuild_all(warehouse, workers, wait, engine, on_rows, damaged)
    _show(console, report, warehouse)


def _show(console: Console, report: Report, warehouse: str) -> None:
    """Print the closing tables."""
    store = Store(warehouse)
    if report.published:
        _show_events(console, store)
    _show_counts(console, report)
    for trouble in report.troubles:
        typer.secho(f"source {trouble.source_id} is {trouble.state}: {trouble.problem}", err=True, fg="red")
    if report.failures:
        for failure in report.failures:
            typer.secho(f"shard {failure.partition[:8]} failed in {failure.stage}: {failure.error}", err=True, fg="red")
    if report.state == "incomplete":
        typer.secho("The rest is published; run again to try what is missing.", err=True, fg="red")
        raise typer.Exit(2)
    note = "" if report.published else " (nothing new: no snapshot was published)"
    console.print(f"snapshot {report.snapshot_id}{note}; ask it: dateline sql --warehouse {warehouse}", highlight=False)
    sys.stdout.flush()


def _show_counts(console: Console, report: Report) -> None:
    table = Table("run", "", title=None)
    seconds = "  ".join(f"{stage} {value:.1f}" for stage, value in report.seconds.items())
    rejections = ", ".join(f"{count} {reason}" for reason, count in report.rejections.items())
    table.add_row("records", f"{report.discovered:,}, of these known already {report.unchanged:,}")
    foreign = f", of these not in English and not read {report.foreign:,}" if report.foreign else ""
    table.add_row("new articles", f"{report.rows.get('documents', 0):,}{foreign}")
    table.add_row("rejections", f"{report.rows.get('rejections', 0):,}" + (f": {rejections}" if rejections else ""))
    for name in ("entity_mentions", "event_mentions"):
        table.add_row(f"new {name.replace('_', ' ')}", f"{report.rows.get(name, 0):,}")
    for name in ("entities", "events"):
        if name in report.rows:
            table.add_row(f"{name} in all", f"{report.rows[name]:,}")
    table.add_row("seconds by stage", seconds)
    console.print(table)


def _show_events(console: Console, store: Store) -> None:
    connection = connect(store)
    try:
        relation = connection.execute(_CLOSING_EVENTS)
        names = [column[0] for column in relation.description or ()]
        table = Table(title="asserted events, most reported first")
        for name in names:
            table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=_WIDEST)
        for row in relation.fetchall():
            table.add_row(*("" if value is None else str(value) for value in row))
        console.print(table)
    finally:
        connection.close()
