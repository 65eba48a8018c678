"""Read what an archive holds of some nights: of files, the articles published in them.

The same four stages as every night, in one run and one snapshot; what the warehouse has already is left alone, so a
backfill may overlap another, or run again.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.engine import Engine
from flows.form import Day, Inputs, ShardSize, Wait, WarehouseFolder, Workers, run_name
from flows.nightly import Night, read_night
from flows.observed import shard_threads, watched
from tasks.fetch import PublishedIn
from tasks.report import Report
from tasks.sources.nights import Nights, require_begun

Undated = Literal["leave out", "read"]
"""What to do with articles that do not say when they were published."""


@flow(name="backfill", flow_run_name=run_name, task_runner=shard_threads())
def backfill(
    first_night: Day,
    last_night: Day,
    paths: Inputs = None,
    undated: Undated = "leave out",
    warehouse: WarehouseFolder = "warehouse/data",
    workers: Workers = 2,
    shard_size: ShardSize = 500,
    wait_seconds: Wait = 600.0,
) -> State[Any]:
    """Read the articles published in a range of nights into the warehouse and publish one snapshot.

    Args:
        first_night: First day, in UTC, whose articles are read.
        last_night: Last day, in UTC, whose articles are read; the first one again for a single night.
        paths: Files and folders to look through; {night} in one stands for each day of the range. Empty: the bundled
            sample articles.
        undated: What to do with articles that do not say when they were published.
        warehouse: Folder of the warehouse; it is made where there is none.
        workers: Processes that read articles, 1 to 64, each about 1 GB; no more than the machine has cores.
        shard_size: Records a shard, the unit of work and retry, 1 to 10,000; 200 to 1,000 is sensible.
        wait_seconds: How long to wait where another run is writing to the same warehouse, 0 to 86,400 seconds.
    """

    def work(engine: Engine, on_rows: Callable[[str, int], None]) -> Report:
        night = Night(tuple(paths or ()), warehouse, workers, shard_size, wait_seconds)
        return backfill_nights(night, (first_night, last_night), undated, engine, on_rows)

    return watched(f"backfill {first_night} to {last_night}", warehouse, work)


def backfill_nights(
    night: Night,
    days: tuple[dt.date, dt.date],
    undated: Undated,
    engine: Engine,
    on_rows: Callable[[str, int], None],
) -> Report:
    """Run the four stages over what was published from the first to the last day, with any engine.

    Raises:
        NightsError: the last day is before the first, or has not begun.
    """
    nights = Nights(*days)
    require_begun(nights, dt.datetime.now(dt.UTC).date())
    only = PublishedIn(nights, undated == "read")
    return read_night(replace(night, nights=nights, only=only), engine, on_rows)
