"""The nightly flow as Prefect runs it; one run, because the harness takes its time to start."""

from __future__ import annotations

import datetime as dt
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import duckdb
import pytest
import yaml
from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.testing.utilities import prefect_test_harness
from prefect.utilities.callables import parameter_schema
from prefect.utilities.schema_tools.validation import ValidationError, validate

from flows import shards
from flows.backfill import backfill
from flows.deploy import automations
from flows.nightly import nightly
from flows.rebuild import rebuild
from flows.server import DEPLOYMENTS
from schemas.ids import content_digest
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prefect.client.schemas.objects import Artifact, State

ROOT = Path(__file__).parents[2]


Watched = tuple[Path, "State[Any]", "list[Artifact]", set[str]]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Run one night that Prefect watches: its warehouse, state, artifacts and the names of its task runs."""
    root: Path = tmp_path_factory.mktemp("watched")
    with prefect_test_harness(server_startup_timeout=180):
        state = nightly(warehouse=str(root), workers=1, return_state=True)
        with get_client(sync_client=True) as client:
            artifacts = client.read_artifacts()
            names = {run.name for run in client.read_task_runs()}
        yield root, state, artifacts, names


def test_flow_makes_the_same_rows_as_the_command(night: Watched, samples_warehouse: Path) -> None:
    """A run that Prefect watches publishes what a run without it publishes, byte for byte."""
    root, state, _, _ = night
    assert state.is_completed()
    assert _hashes(root) == _hashes(samples_warehouse)


def test_a_run_leaves_a_report_and_names_its_tasks(night: Watched) -> None:
    """The UI shows counts and reasons to read, a finished progress bar, and tasks named after stage and shard."""
    _, _, artifacts, names = night
    shown = {artifact.key: artifact for artifact in artifacts}
    assert "| empty | 1 | no bytes, or white space only |" in str(shown["dateline-report"].data)
    assert shown["dateline-progress"].data == 100.0
    assert all(re.fullmatch(r"(clean|extract)-1-[0-9a-f]{8}", name) for name in names)


@pytest.mark.usefixtures("night")
def test_what_a_user_can_mend_is_the_message_of_the_state(tmp_path: Path) -> None:
    """A lock held by another, a path that is not there, a range turned round: told in the UI, without a traceback."""
    may = dt.date(2024, 5, 1)
    turned = backfill(may, may - dt.timedelta(1), warehouse=str(tmp_path), return_state=True)
    missing = nightly(paths=[str(tmp_path / "gone")], warehouse=str(tmp_path), return_state=True)
    with Store(tmp_path).lock():
        locked = rebuild(str(tmp_path), wait_seconds=0.0, return_state=True)
    for state, message in (
        (turned, "swap the two"),
        (missing, "check the path"),
        (locked, "is being written by process"),
    ):
        assert state.is_failed()
        assert message in (state.message or "")


@pytest.mark.usefixtures("night")
def test_a_run_that_left_a_shard_out_ends_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its state is one that alarms can tell from a complete one, and names what is missing."""
    source = tmp_path / "a.txt"
    source.write_text("KABUL: Two soldiers were killed when a bomb exploded near their base.", encoding="utf-8")

    def failing(*args: object) -> None:  # noqa: ARG001
        raise ValueError("no such luck")

    monkeypatch.setattr(shards, "clean", failing)
    state = nightly(paths=[str(source)], warehouse=str(tmp_path / "w"), workers=1, return_state=True)
    assert (state.name, state.is_completed()) == ("Incomplete", True)
    assert "1 shards MISSING" in (state.message or "")


def _hashes(root: Path) -> dict[str, str]:
    """Return the digest of every table's file; `runs` holds the clock."""
    files = (path for path in root.glob("tables/*/*.parquet") if path.parent.name != "runs")
    return {str(path.relative_to(root)): content_digest(path.read_bytes()) for path in files}


@pytest.mark.parametrize("flow", [nightly, backfill, rebuild], ids=lambda flow: flow.name)
def test_form_explains_every_parameter(flow: Flow[..., object]) -> None:
    """The deployment form shows a help text for each parameter, in one piece."""
    properties = parameter_schema(flow).properties
    assert properties
    assert all(item.get("description") for item in properties.values())


@pytest.mark.parametrize(
    ("flow", "wrong"),
    [
        (nightly, {"workers": 0}),
        (nightly, {"night": "yesterday"}),
        (nightly, {"warehouse": ""}),
        (backfill, {"first_night": "2024-05-01", "last_night": "2024-05-02", "undated": "perhaps"}),
        (backfill, {"first_night": "2024-05-01"}),
        (rebuild, {"wait_seconds": -1}),
    ],
)
def test_a_wrong_value_is_refused_before_anything_runs(flow: Flow[..., object], wrong: dict[str, object]) -> None:
    """Types, bounds and choices are in the schema that form and server check a run's parameters against."""
    schema = parameter_schema(flow).model_dump_for_openapi()
    with pytest.raises(ValidationError):
        validate(wrong, schema, raise_on_error=True)


def test_deployments_point_to_flows_that_exist() -> None:
    """An entrypoint with a typing error would only show on the server."""
    declared = yaml.safe_load((ROOT / "flows" / "prefect.yaml").read_text(encoding="utf-8"))
    for deployment in declared["deployments"]:
        module, name = deployment["entrypoint"].rsplit(".", 1)
        assert isinstance(getattr(import_module(module), name), Flow)
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
    assert {deployment["name"] for deployment in declared["deployments"]} == DEPLOYMENTS


def test_automations_are_ones_that_prefect_takes() -> None:
    """They are declared in a file, and what it says only shows on the server."""
    without, notifying = automations(None), automations(UUID(int=1))
    assert [automation.name for automation in without] == [automation.name for automation in notifying]
    assert dt.timedelta(hours=26) in {getattr(automation.trigger, "within", None) for automation in without}
    assert {action.type for automation in notifying for action in automation.actions} == {
        "send-notification",
        "change-flow-run-state",
    }


def test_snapshot_is_readable_by_plain_duckdb(samples_warehouse: Path) -> None:
    """Anybody's DuckDB opens the catalog read-only and finds the contract's tables."""
    with duckdb.connect(str(samples_warehouse / "dateline.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall()[0][0] > 10
