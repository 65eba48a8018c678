"""The Prefect server that a run or the doctor talks to: whether it answers, knows who asks, and has what it takes."""

from dataclasses import dataclass
from ipaddress import ip_address

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError
from prefect.settings import get_current_settings

from flows.errors import ServerError

POOL = "dateline"
"""Name of the work pool that the deployments run in."""
TAG = "dateline"
"""Tag of the deployments."""
DEPLOYMENTS = frozenset({"nightly", "backfill", "rebuild"})
_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """What a Prefect server says of itself; `workers` are those of our pool that are online."""

    url: str
    version: str
    is_open: bool
    deployments: frozenset[str]
    workers: int


def require_server() -> None:
    """Raise ServerError, saying what to do, unless the configured server answers and lets us in."""
    url = _url()
    try:
        httpx.get(f"{url}/health", timeout=_TIMEOUT_S).raise_for_status()
    except httpx.HTTPError as error:
        raise ServerError(
            f"no Prefect server answers at {url} ({error}). Start it with `dateline serve`, or let PREFECT_API_URL "
            "name the one that runs, or unset it: `dateline run` needs no server"
        ) from None
    try:
        with get_client(sync_client=True) as client:
            client.read_flows(limit=1)
    except PrefectHTTPStatusError as refused:
        raise ServerError(
            f"the Prefect server at {url} refuses us (HTTP {refused.response.status_code}): set "
            "PREFECT_API_AUTH_STRING to the user:password that the server has as PREFECT_SERVER_API_AUTH_STRING"
        ) from None


def look_at_server() -> Server:
    """Return what the configured server says; ServerError where it does not answer or does not let us in."""
    require_server()
    url = _url()
    with get_client(sync_client=True) as client:
        tagged = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
        deployments = frozenset(found.name for found in client.read_deployments(deployment_filter=tagged))
        is_open = httpx.get(f"{url}/admin/version", timeout=_TIMEOUT_S).is_success
        return Server(url, client.api_version(), is_open, deployments, _online_workers(client))


def _online_workers(client: SyncPrefectClient) -> int:
    try:
        workers = client.read_workers_for_work_pool(POOL)
    except ObjectNotFound:
        return 0
    return sum(worker.status == "ONLINE" for worker in workers)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a host of this name or address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _url() -> str:
    return str(get_current_settings().api.url).rstrip("/")
