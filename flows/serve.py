"""`dateline serve`: Prefect's server, the deployments and a worker, all on this machine, until interrupted."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import typer
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from flows.deploy import deploy, environment, prefect
from flows.errors import ServerError
from flows.server import POOL, is_loopback

_ANY = ("0.0.0.0", "::")  # noqa: S104 - only told apart
"""Hosts that stand for all addresses of the machine."""
_START_S = 180.0
"""How long the server may take to answer: its first start makes a database, on a slow machine in a minute."""
_STOP_S = 30.0
"""How long server and worker may take to end."""

_OPEN = """\
WARNING: {host} is no loopback address and no user is asked for: whoever reaches port {port} can start runs, and
so run code here as {user}. Stop this and set PREFECT_SERVER_API_AUTH_STRING='user:password' (workers and `dateline`
on other machines then need the same as PREFECT_API_AUTH_STRING), or serve on 127.0.0.1 and use an SSH tunnel."""


def serve(home: Path, host: str, port: int, notify: str | None) -> None:
    """Run server and worker until interrupted, or until one of them ends by itself.

    Raises:
        ServerError: the port is taken, the server does not start, or one of the two ended.
    """
    secret = os.environ.get("PREFECT_SERVER_API_AUTH_STRING")
    if not secret and not is_loopback(host):
        typer.secho(_OPEN.format(host=host, port=port, user=os.environ.get("USER", "this user")), err=True, fg="yellow")
    _require_free(host, port)
    url = f"http://{'127.0.0.1' if host in _ANY else host}:{port}"
    settings = environment(home) | {"PREFECT_API_URL": f"{url}/api", "PREFECT_UI_URL": url}
    settings["PREFECT_SERVER_UI_API_URL"] = "/api"  # whatever address the browser reaches it at
    if secret:
        settings["PREFECT_API_AUTH_STRING"] = secret
    known = {PREFECT_API_URL: f"{url}/api", PREFECT_API_AUTH_STRING: secret}
    with ExitStack() as stack:
        start = prefect("server", "start", "--host", host, "--port", str(port), "--log-level", "WARNING")
        server = stack.enter_context(_process(start, settings, home))
        _wait_for(url, server)
        with temporary_settings(known):
            deploy(home, notify)
        worker = stack.enter_context(_process(prefect("worker", "start", "--pool", POOL), settings, home))
        typer.echo(f"Dateline is served at {url} from {home}; Ctrl-C ends it.")
        _watch({"server": server, "worker": worker})


@contextmanager
def _process(command: Sequence[str], settings: Mapping[str, str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process for the length of the block; it ends with its own children, the runs."""
    process = subprocess.Popen(command, env=settings, cwd=home)  # noqa: S603 - our own command line
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServerError(
                f"cannot listen on {host}:{port} ({error.strerror}). If `dateline serve` or another Prefect server "
                "runs already, use or stop that one; otherwise choose another --port"
            ) from None


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ServerError(f"the Prefect server ended with status {server.returncode}; its output above says why")
        try:
            if httpx.get(f"{url}/api/health", timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise ServerError(f"the Prefect server did not answer at {url} within {_START_S:g} s; its output above may say why")


def _watch(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Return when interrupted; ServerError when one of the processes ends by itself."""
    stopped = False

    def stop(number: int, frame: object) -> None:  # noqa: ARG001 - the signature of a signal handler
        nonlocal stopped
        stopped = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopped:
        for name, process in processes.items():
            if process.poll() is not None:
                raise ServerError(
                    f"the Prefect {name} ended with status {process.returncode}; start `dateline serve` again. Runs "
                    "under way are shown as crashed, and the next run takes up what they did"
                )
        time.sleep(0.5)
