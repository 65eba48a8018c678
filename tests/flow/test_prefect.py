"""The nightly flow as Prefect runs it; one run, because the harness takes its time to start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
import yaml
from prefect.testing.utilities import prefect_test_harness

from flows.nightly import nightly
from schemas.ids import content_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@pytest.fixture
def harness() -> Iterator[None]:
    """Give a server and a database of its own to the run."""
    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.mark.usefixtures("harness")
def test_flow_makes_the_same_rows_as_the_command(tmp_path: Path, samples_warehouse: Path) -> None:
    """A run that Prefect watches publishes what a run without it publishes, byte for byte."""
    state = nightly(warehouse=str(tmp_path), workers=1, return_state=True)
    assert state.is_completed()
    assert _hashes(tmp_path) == _hashes(samples_warehouse)


def _hashes(root: Path) -> dict[str, str]:
    """Return the digest of every table's file; `runs` holds the clock."""
    files = (path for path in root.glob("tables/*/*.parquet") if path.parent.name != "runs")
    return {str(path.relative_to(root)): content_digest(path.read_bytes()) for path in files}


def test_form_explains_every_parameter() -> None:
    """The deployment form shows a help text for each parameter."""
    properties = nightly_schema()
    assert {"paths", "warehouse", "workers", "shard_size", "wait_seconds"} <= set(properties)
    assert all(item.get("description") for item in properties.values())


def nightly_schema() -> dict[str, dict[str, object]]:
    """Return the parameters of the flow as the UI gets them."""
    from prefect.utilities.callables import parameter_schema  # noqa: PLC0415

    return parameter_schema(nightly).properties


def test_deployments_point_to_flows_that_exist() -> None:
    """An entrypoint with a typing error would only show on the server."""
    declared = yaml.safe_load((ROOT / "flows" / "prefect.yaml").read_text(encoding="utf-8"))
    for deployment in declared["deployments"]:
        path, name = deployment["entrypoint"].split(":")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_snapshot_is_readable_by_plain_duckdb(samples_warehouse: Path) -> None:
    """Anybody's DuckDB opens the catalog read-only and finds the contract's tables."""
    with duckdb.connect(str(samples_warehouse / "dateline.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall()[0][0] > 10
