"""The parameters of the flows as the form in the UI shows them: types, bounds, and what a run means by default.

A wrong value is refused by the form, by the server and by the command line alike, before anything runs.
"""

import datetime as dt
from typing import Annotated

from prefect.runtime import flow_run
from pydantic import Field

from tasks.sources.nights import night_before

Day = Annotated[dt.date, Field(json_schema_extra={"pattern": r"^\d{4}-\d{2}-\d{2}$"})]
"""A date; with its pattern, because the server checks patterns and no formats."""
Inputs = list[str] | None
WarehouseFolder = Annotated[str, Field(min_length=1)]
Workers = Annotated[int, Field(ge=1, le=64)]
ShardSize = Annotated[int, Field(ge=1, le=10_000)]
Wait = Annotated[float, Field(ge=0, le=86_400)]


def planned_night() -> dt.date:
    """Return the night before the run's scheduled start; before now where nothing scheduled it."""
    return night_before(flow_run.scheduled_start_time or dt.datetime.now(dt.UTC))


def run_name() -> str:
    """Name a run after its flow and its nights, as the UI lists it."""
    parameters = flow_run.parameters
    first, last = parameters.get("first_night"), parameters.get("last_night")
    nights = f"{first}-to-{last}" if first else str(parameters.get("night") or planned_night())
    return f"{flow_run.flow_name}-{nights}"
