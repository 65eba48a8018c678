"""START HERE. One night: fetch -> clean -> extract -> load, and one new snapshot at the end.

    fetch    the input's new records, bytes kept, cut into shards          tasks/fetch.py     files and sources
    clean    a shard's records to articles or rejections                   tasks/clean.py     one task a shard
    extract  a shard's articles to mentions of entities, times, events     tasks/extract.py   one task a shard
    load     all articles' mentions to entities, events, participants      tasks/load.py

Stages hand each other receipts, the names of what they wrote. A stage finds its earlier result by a key of its input
and its version: a run that was killed takes up where it was, and unchanged input does nothing. A shard that fails is
left out, the rest is published, and the next run tries it again.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.engine import Engine
from flows.form import Day, Inputs, ShardSize, Wait, WarehouseFolder, Workers, planned_night, run_name
from flows.observed import shard_threads, watched
from flows.publish import publish
from flows.shards import read_shards
from flows.stopwatch import Stopwatch
from seeds.sources import find_sources
from tasks.fetch import PublishedIn, everything
from tasks.inputs import of_nights
from tasks.night import Sought, record_night, take_in, troubles
from tasks.nlp.encoder import require_encoder
from tasks.nlp.model import require_model
from tasks.report import Report, Trouble
from tasks.sources.nights import Nights, dated_paths, night_before, one_night
from tasks.workers import open_workers
from warehouse.store import Store

SAMPLES = Path(__file__).parents[1] / "seeds" / "samples"
"""The bundled articles, read when no path is given."""


@flow(name="nightly", flow_run_name=run_name, task_runner=shard_threads())
def nightly(
    night: Day | None = None,
    paths: Inputs = None,
    warehouse: WarehouseFolder = "warehouse/data",
    workers: Workers = 2,
    shard_size: ShardSize = 500,
    wait_seconds: Wait = 600.0,
    sources: Inputs = None,
) -> State[Any]:
    """Read new articles into the warehouse and publish a snapshot.

    Args:
        night: The day, in UTC, that {night} stands for in paths and in addresses of sources. Empty: the day before
            the scheduled start, also when the run starts late.
        paths: Files and folders to read: .txt, .html, .jsonl, .jsonl.gz, .warc, .warc.gz. What is new in them is
            read, whatever its date. Empty, and no sources: the bundled sample articles.
        warehouse: Folder of the warehouse; it is made where there is none.
        workers: Processes that read articles, 1 to 64, each about 1 GB; no more than the machine has cores.
        shard_size: Records a shard, the unit of work and retry, 1 to 10,000; 200 to 1,000 is sensible.
        wait_seconds: How long to wait where another run is writing to the same warehouse, 0 to 86,400 seconds.
        sources: Files of declared sources (.yml), or names of sources in seeds/sources.yml; they are asked for what
            is new, whatever the night.
    """
    day = night or planned_night()
    task = Night(
        tuple(paths or ()), warehouse, workers, shard_size, wait_seconds, one_night(day), None, tuple(sources or ())
    )
    return watched(f"nightly {day}", warehouse, lambda engine, on_rows: read_night(task, engine, on_rows))


@dataclass(frozen=True, slots=True)
class Night:
    """What one run is asked to do; see `nightly` for the meaning of each, and `backfill` for `only`."""

    paths: tuple[str, ...] = ()
    warehouse: str = "warehouse/data"
    workers: int = 2
    shard_size: int = 500
    wait_seconds: float = 0.0
    nights: Nights | None = None
    only: PublishedIn | None = None
    sources: tuple[str, ...] = ()


def read_night(night: Night, engine: Engine, on_rows: Callable[[str, int], None]) -> Report:
    """Run the four stages with any engine; `on_rows` hears of (stage, rows done), and of ("fetch", new records)."""
    require_model()
    require_encoder()
    store, watch = Store(night.warehouse), Stopwatch()
    report = Report(dt.datetime.now(dt.UTC))
    nights = night.nights or one_night(night_before(report.started_at))
    sources = tuple(of_nights(source, nights) for source in find_sources(night.sources))
    paths = tuple(dated_paths(night.paths, nights)) or (() if sources else (SAMPLES,))
    with store.lock(night.wait_seconds), open_workers(night.workers, on_rows) as workers:
        with watch.measure("fetch"):
            sought = Sought(paths, sources, night.shard_size, night.only or everything)
            intake = take_in(store, sought, report.started_at)
        fetched = intake.fetched
        report.troubles = [Trouble(name, tally.state, tally.problem) for name, tally in troubles(intake)]
        report.discovered, report.unchanged, report.outside = fetched.discovered, fetched.unchanged, fetched.outside
        on_rows("fetch", fetched.discovered - fetched.unchanged)
        results, report.failures = read_shards(store, workers, engine, watch, fetched.shards)
        on_rows("load", 0)
        with watch.measure("load"):
            if sources:
                files = [file for result in results for file in result]
                own = record_night(store, intake, files, report.started_at, complete=not report.failures)
                results.append(own.files)
            publish(store, results, report, asdict(night))
    report.seconds = watch.seconds
    return report
