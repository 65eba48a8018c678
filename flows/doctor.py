"""`dateline doctor`: whether everything that a run needs is there and sound, and what to do where it is not.

Each check is a function that finds one thing out and changes nothing; one that cannot finish is itself a finding.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import duckdb
import typer
from rich.markup import escape
from rich.table import Table

from flows.errors import EXPECTED
from flows.gazetteer_check import check_gazetteer
from flows.query import wide_console
from seeds.gazetteer_cache import cache_folder
from tasks.changes import last_versions
from tasks.nlp.encoder import encoder_version, require_encoder
from tasks.nlp.model import model_version, require_model
from tasks.versions import code_version, seeds_version
from warehouse.audit import damaged_files
from warehouse.manifest import Snapshot
from warehouse.store import Store

Verdict = Literal["ok", "note", "bad"]
_COLOURS: dict[Verdict, str] = {"ok": "green", "note": "yellow", "bad": "bold red"}
_LEAST_FREE = 1_000_000_000
"""Bytes that a night needs at least: tables in two versions, the gazetteer, temporary files."""
_COMFORT = 3
"""A disk with room for so many copies of the warehouse's files gets no note: a rebuild writes most of them anew."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, and what to do about it."""

    check: str
    verdict: Verdict
    found: str
    advice: str = ""


def examine_and_show(warehouse: str) -> None:
    """Show all findings; exit status 1 where one of them is bad."""
    findings = examine(warehouse)
    table = Table("check", "", "found", "what to do")
    for finding in findings:
        colour = _COLOURS[finding.verdict]
        table.add_row(finding.check, f"[{colour}]{finding.verdict}[/]", escape(finding.found), escape(finding.advice))
    wide_console().print(table)
    if any(finding.verdict == "bad" for finding in findings):
        raise typer.Exit(1)


def examine(warehouse: str) -> list[Finding]:
    """Return the findings of all checks, in the order in which one would mend them."""
    checks: dict[str, Callable[[Path], Iterator[Finding]]] = {
        "language model": _model,
        "gazetteer": _gazetteer,
        "disk": _disk,
        "lock": _lock,
        "warehouse": _warehouse,
        "catalog": _catalog,
        "Prefect": _prefect,
    }
    return [finding for name, check in checks.items() for finding in _told(name, check, Path(warehouse))]


def _told(name: str, check: Callable[[Path], Iterator[Finding]], root: Path) -> list[Finding]:
    """Run a check; what it raises is a bad finding, whose text says what to do where the error is an expected one."""
    try:
        return list(check(root))
    except (*EXPECTED, OSError, ValueError) as error:
        return [Finding(name, "bad", f"{error}")]


def _model(root: Path) -> Iterator[Finding]:  # noqa: ARG001 - all checks are called alike
    require_model()
    yield Finding("language model", "ok", model_version())
    require_encoder()
    yield Finding("encoder", "ok", encoder_version())


def _gazetteer(root: Path) -> Iterator[Finding]:  # noqa: ARG001
    state, found = check_gazetteer()
    advice = {
        "whole": "",
        "missing": "nothing: the next run builds it, in half a minute (a GeoNames dump: some minutes)",
        "damaged": "delete that file; the next run builds it anew",
    }
    verdict: dict[str, Verdict] = {"whole": "ok", "missing": "note", "damaged": "bad"}
    yield Finding("gazetteer", verdict[state], found, advice[state])


def _disk(root: Path) -> Iterator[Finding]:
    size = sum(path.stat().st_size for path in root.rglob("*.parquet"))
    for name, folder in (("disk of the warehouse", root), ("disk of the cache", cache_folder())):
        free = shutil.disk_usage(_existing(folder)).free
        found = f"{free / 1e6:,.0f} MB free, the warehouse has {size / 1e6:,.0f} MB"
        if free < _LEAST_FREE:
            yield Finding(name, "bad", found, "make room: `dateline vacuum --keep 3` removes old snapshots")
        elif free < _COMFORT * size:
            yield Finding(name, "note", found, "a rebuild writes most of it anew: make room before one")
        else:
            yield Finding(name, "ok", found)
    if not os.access(_existing(root), os.W_OK):
        yield Finding("disk of the warehouse", "bad", f"{root} cannot be written", "give this user the right to write")


def _existing(folder: Path) -> Path:
    return next(path for path in (folder.resolve(), *folder.resolve().parents) if path.exists())


def _lock(root: Path) -> Iterator[Finding]:
    held_by = Store(root).writer()
    if held_by is None:
        yield Finding("lock", "ok", "free")
    else:
        advice = "wait for that run, or stop that process: the lock then frees itself, and the tables stay whole"
        yield Finding("lock", "note", f"held by {held_by}", advice)


def _warehouse(root: Path) -> Iterator[Finding]:
    store = Store(root)
    snapshot = store.current()
    if snapshot is None:
        yield Finding(
            "warehouse", "note", f"nothing published in {store.root} yet", "`dateline run` makes the first snapshot"
        )
        return
    rows = sum(file.rows for file in snapshot.table("documents"))
    told = f"snapshot {snapshot.snapshot_id} of {snapshot.published_at:%Y-%m-%d %H:%M} UTC, {rows:,} articles, "
    damaged = damaged_files(store.root, snapshot)
    if damaged:
        named = ", ".join(file.path for file in damaged[:3])
        advice = "`dateline rebuild` makes anew what can be computed, and names what cannot"
        yield Finding("warehouse", "bad", f"{told}{len(damaged)} damaged files: {named}", advice)
        return
    yield Finding("warehouse", "ok", f"{told}{len(snapshot.files)} files whole")
    yield from _versions(store, snapshot)


def _versions(store: Store, snapshot: Snapshot) -> Iterator[Finding]:
    """Compare the versions that the last run used with those of this installation."""
    now = {"code_version": code_version(), "model_version": model_version(), "seeds_version": seeds_version()}
    last = last_versions(store, snapshot)
    changed = [name.removesuffix("_version") for name in now if name in last and last[name] != now[name]]
    if changed:
        found = f"the last run used another version of: {', '.join(changed)}"
        yield Finding(
            "versions", "note", found, "`dateline rebuild` reads the earlier articles anew, so that all rows are alike"
        )
    else:
        yield Finding("versions", "ok", "code, model and seeds as in the last run")


def _catalog(root: Path) -> Iterator[Finding]:
    store = Store(root)
    snapshot = store.current()
    if snapshot is None:
        return
    advice = (
        "any `dateline` command that reads the tables mends it, for example: dateline sql 'SELECT count(*) FROM events'"
    )
    try:
        with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
            shown = connection.execute("SELECT snapshot_id FROM snapshot").fetchall()[0][0]
            connection.execute("SELECT count(*) FROM events_with_sentences").fetchall()
    except duckdb.Error as error:
        yield Finding("catalog", "bad", str(error).splitlines()[0], advice)
        return
    if shown == snapshot.snapshot_id:
        yield Finding("catalog", "ok", f"{store.catalog_path} shows snapshot {shown}")
    else:
        yield Finding("catalog", "bad", f"shows snapshot {shown}, the newest is {snapshot.snapshot_id}", advice)


def _prefect(root: Path) -> Iterator[Finding]:  # noqa: ARG001
    if not os.environ.get("PREFECT_API_URL"):
        found = "PREFECT_API_URL is not set: runs from the command line use no server"
        yield Finding("Prefect", "ok", found, "to see them in a UI: `dateline serve`")
        return
    from flows.server import DEPLOYMENTS, POOL, is_loopback, look_at_server  # noqa: PLC0415 - Prefect takes a second

    server = look_at_server()
    client = version("prefect")
    same = server.version == client
    yield Finding(
        "Prefect server",
        "ok" if same else "note",
        f"{server.url} answers, version {server.version}",
        "" if same else f"this installation has {client}: use the same version on both sides, the server's first",
    )
    yield _authentication(server.url, is_open=server.is_open, is_local=is_loopback(urlsplit(server.url).hostname or ""))
    missing = sorted(DEPLOYMENTS - server.deployments)
    if missing:
        yield Finding("deployments", "bad", f"missing: {', '.join(missing)}", "`dateline deploy` registers them")
    else:
        yield Finding("deployments", "ok", ", ".join(sorted(server.deployments)))
    if server.workers:
        yield Finding("worker", "ok", f"{server.workers} online in the work pool {POOL}")
    else:
        advice = f"`dateline serve`, or `prefect worker start --pool {POOL}` where the warehouse is"
        yield Finding("worker", "bad", f"none is online in the work pool {POOL}: runs stay scheduled", advice)


def _authentication(url: str, *, is_open: bool, is_local: bool) -> Finding:
    if not is_open:
        return Finding("authentication", "ok", "the server asks who we are, and lets us in")
    if is_local:
        return Finding("authentication", "ok", "none, and the address is reached from this machine only")
    advice = "set PREFECT_SERVER_API_AUTH_STRING=user:password for the server, PREFECT_API_AUTH_STRING for all others"
    return Finding("authentication", "bad", f"{url} lets anybody in, who can then run code on the worker", advice)
