"""Registers with a Prefect server what it needs to run Dateline: work pool, deployments, automations."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.settings import get_current_settings

from flows.errors import ServerError
from flows.server import POOL, require_server

HOME_VARIABLE = "DATELINE_HOME"
"""Environment variable that names the folder from which the deployments' relative paths start."""

_FLOWS = Path(__file__).parent
_HEARTBEAT_S = "30"
"""Seconds between two signs of life of a run: the least that Prefect allows."""


def deploy(home: Path, notify: str | None) -> None:
    """Register everything; what is there already is brought up to date, but for automations, which are left alone.

    Args:
        home: folder from which relative paths in parameters start; made where there is none, with its `inbox`.
        notify: `TYPE/NAME` of the notification block to call when an automation fires, or None.

    Raises:
        ServerError: the server does not answer, refuses us, or does not know the block.
    """
    require_server()
    (home / "inbox").mkdir(parents=True, exist_ok=True)
    with get_client(sync_client=True) as client:
        _create_pool(client)
        block = _block_id(client, notify) if notify else None
        for automation in automations(block):
            if not client.read_automations_by_name(automation.name):
                client.create_automation(automation)
        _deploy_flows(environment(home) | get_current_settings().to_environment_variables(exclude_unset=True))


def _create_pool(client: SyncPrefectClient) -> None:
    try:
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process", description="Runs of Dateline"))
    except ObjectAlreadyExists:
        return


def automations(block: UUID | None) -> list[AutomationCore]:
    """Return the ready-made automations, which notify through a block, or only show in the event feed."""
    declared = yaml.safe_load((_FLOWS / "automations.yaml").read_text(encoding="utf-8"))
    return [
        AutomationCore.model_validate({**entry, "actions": [_action(action, block) for action in entry["actions"]]})
        for entry in declared
    ]


def _action(declared: dict[str, Any], block: UUID | None) -> dict[str, Any]:
    if declared["type"] != "NOTIFY":
        return declared
    if block is None:
        return {"type": "do-nothing"}
    return {**declared, "type": "send-notification", "block_document_id": block}


def _block_id(client: SyncPrefectClient, notify: str) -> UUID:
    kind, _, name = notify.partition("/")
    try:
        return client.read_block_document_by_name(name, kind).id
    except ObjectNotFound:
        raise ServerError(
            f"expected --notify to name a block of the server as TYPE/NAME, such as slack-webhook/desk, got {notify!r};"
            " create it in the UI under Blocks first"
        ) from None


def _deploy_flows(settings: Mapping[str, str]) -> None:
    command = prefect("--no-prompt", "deploy", "--all", "--prefect-file", str(_FLOWS / "prefect.yaml"))
    done = subprocess.run(command, cwd=_FLOWS.parent, env=settings, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ServerError(f"the deployments could not be registered:\n{done.stdout}{done.stderr}")


def prefect(*arguments: str) -> list[str]:
    """Return the command line of a Prefect command of this very installation."""
    return [sys.executable, "-m", "prefect", *arguments]


def environment(home: Path) -> dict[str, str]:
    """Return the environment of Prefect's processes: no call leaves the machine, and runs give signs of life."""
    return {
        **os.environ,
        HOME_VARIABLE: str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": _HEARTBEAT_S,
    }
