"""What a night takes in, and what it remembers of it: the input of the fetch stage, and the state of the sources.

Belongs here: opening the warehouse's memory and the clients, and the partition that is the night's own: listings and
addresses that no new record belongs to, their answers, and one row of `source_health` for each source. Does not belong
here: how shards are cut (`fetch.py`), and what is asked for (`sources/crawl.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING

from seeds.sources import DeclarationError, Source
from tasks.fetch import Fetched, fetch, known_ids, unpublished
from tasks.health import Past, Yield, health_row, yields
from tasks.inputs import read_declared, read_paths
from tasks.rows import table_of
from tasks.source_state import KeptMemory, address_rows
from tasks.sources.archive import archive_file
from tasks.sources.http.client import Client
from tasks.sources.http.politeness import Hosts
from tasks.sources.http.records import Fetcher
from tasks.sources.http.settings import ClientSettings
from tasks.sources.limits import Limits
from tasks.sources.visits import Tallies, Tally
from tasks.versions import digest
from warehouse.catalog import connect_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tasks.fetch import Wanted
    from tasks.sources.visits import Address
    from warehouse.manifest import DataFile, Receipt
    from warehouse.store import Store

OpenFetcher = Callable[[Source], Fetcher]
"""Who makes the client of a source."""

_REQUESTS_A_PAGE = 3
_REQUESTS_BESIDES = 600
"""Redirects and repeated tries for each page, and listings and robots.txt besides, that a budget allows for."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a night is to read: files and folders, declared sources; records a shard, and which of them are wanted."""

    paths: tuple[Path, ...]
    sources: tuple[Source, ...]
    shard_size: int
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Intake:
    """What a night took in: the declared sources, how each did, and what was fetched."""

    sources: tuple[Source, ...]
    tallies: Tallies
    fetched: Fetched


def take_in(store: Store, sought: Sought, started_at: dt.datetime, open_fetcher: OpenFetcher | None = None) -> Intake:
    """Fetch what is new in what is sought; shards of the web that were never published come first."""
    sources = sought.sources
    published = _published(store)
    known = known_ids(store, published)
    left = unpublished(store, published, known) if sources else ()
    waiting = [file for shard in left for file in shard.files]
    known |= known_ids(store, waiting)
    tallies = Tallies()
    with closing(KeptMemory(store, [*published, *waiting])) as memory:
        stream = chain(
            read_paths(sought.paths, Limits()),
            read_declared(sources, memory, open_fetcher or polite_clients(), Limits(), tallies),
        )
        fetched = fetch(store, stream, known, sought.wanted, shard_size=sought.shard_size, started_at=started_at)
        fetched = replace(fetched, addresses=_changed(memory, fetched.addresses))
    records = sum(shard.rows["raw_documents"] for shard in left)
    fetched = replace(fetched, shards=(*left, *fetched.shards), discovered=records + fetched.discovered)
    return Intake(sources, tallies, fetched)


def polite_clients() -> OpenFetcher:
    """Return a maker of clients that take turns at the hosts that they share.

    `DATELINE_CONTACT`, an address of the web or of mail, tells sites whom to write to; DeclarationError where odd.
    """
    hosts = Hosts()

    def open_client(source: Source) -> Fetcher:
        try:
            settings = _settings(source)
        except ValueError as error:
            raise DeclarationError(f"source {source.id}, or DATELINE_CONTACT: {error}") from error
        return Client(settings, hosts)

    return open_client


def _settings(source: Source) -> ClientSettings:
    contact = os.environ.get("DATELINE_CONTACT")
    return ClientSettings(
        user_agent=f"Dateline/{version('dateline')}" + (f" (+{contact})" if contact else ""),
        delay_seconds=source.delay,
        concurrency=source.concurrency,
        budget_requests=source.budget * _REQUESTS_A_PAGE + _REQUESTS_BESIDES,
        allowed_loopback_ports=frozenset({source.loopback_port} if source.loopback_port else ()),
    )


def record_night(
    store: Store, intake: Intake, results: Iterable[DataFile], started_at: dt.datetime, *, complete: bool
) -> Receipt:
    """Write the night's own partition; `results` are the files of the shards that could be read.

    Where a shard is missing (`complete` is false), nothing is remembered of listings, so that the next night reads them
    again in full.
    """
    made = yields(store, results)
    past = _past(store)
    rows = []
    for source in intake.sources:
        tally = intake.tallies.of(source.id)
        publishers = {source.id, *tally.publishers}
        known = sum(intake.fetched.known_by_source[name] for name in publishers)
        new = Yield.of(made[name] for name in publishers if name in made)
        counted = replace(tally, unchanged=tally.unchanged + known)
        rows.append(health_row(source, counted, new, past.get(source.id, []), started_at))
    partition = digest("night", started_at.isoformat())
    tables = {
        "source_health": table_of("source_health", rows),
        "source_state": address_rows(intake.fetched.addresses if complete else (), started_at),
    }
    members = intake.fetched.members
    archive = archive_file(members, started_at) if members else None
    return store.write("fetch", partition, digest("night", partition, str(len(rows))), tables, archive)


def _published(store: Store) -> tuple[DataFile, ...]:
    snapshot = store.current()
    return snapshot.files if snapshot else ()


def _changed(memory: KeptMemory, addresses: Sequence[Address]) -> tuple[Address, ...]:
    """Return the addresses of which something new is to be remembered."""
    known = dict(memory.pages({address.url for address in addresses if address.role == "page"}))
    listings = {source_id: memory.listings(source_id) for source_id in {address.source_id for address in addresses}}
    return tuple(
        address
        for address in addresses
        if address != (known if address.role == "page" else listings[address.source_id]).get(address.url)
    )


def _past(store: Store) -> dict[str, list[Past]]:
    """Return the earlier nights of each source, oldest first."""
    files = [file for file in _published(store) if file.table == "source_health"]
    query = "SELECT source_id, started_at, documents, median_characters FROM source_health ORDER BY started_at"
    found: dict[str, list[Past]] = {}
    with closing(connect_files(store.root, files)) as connection:
        for source_id, *night in connection.execute(query).fetchall():
            found.setdefault(source_id, []).append(Past(*night))
    return found


def troubles(intake: Intake) -> list[tuple[str, Tally]]:
    """Return the sources that could not be read, wholly or in part, and their tallies."""
    tallies = ((source.id, intake.tallies.of(source.id)) for source in intake.sources)
    return [(name, tally) for name, tally in tallies if tally.failed]
