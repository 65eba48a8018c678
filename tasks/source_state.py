"""What earlier nights know of the web, as the warehouse holds it, and the rows that this night adds.

Belongs here: the memory of addresses (`source_state`). A page's row lies in the partition of its record, a listing's in
that of its night, so that neither is ever published without what it speaks of. Does not belong here: what is asked for
(`tasks/sources/crawl.py`).
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from tasks.rows import table_of
from tasks.sources.visits import Address
from warehouse.catalog import connect_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import pyarrow as pa

    from warehouse.manifest import DataFile
    from warehouse.store import Store

_FIELDS = tuple(field.name for field in fields(Address))
_SELECT = f"SELECT {', '.join(_FIELDS)} FROM source_state"  # noqa: S608 - names of our own fields


class KeptMemory:
    """The addresses that the warehouse knows; implements `tasks.sources.visits.Memory`, for several threads at once."""

    def __init__(self, store: Store, files: Sequence[DataFile]) -> None:
        """Take the files of the tables to look into."""
        self._connection = connect_files(store.root, [file for file in files if file.table == "source_state"])

    def listings(self, source_id: str) -> Mapping[str, Address]:
        """Return the listings of a source, by address."""
        query = f"{_SELECT} WHERE role = 'listing' AND source_id = ? ORDER BY url"
        return {address.url: address for address in self._addresses(query, [source_id])}

    def pending(self, source_id: str) -> Sequence[Address]:
        """Return the pages of a source that wait for another night, longest waiting first."""
        query = f"{_SELECT} WHERE role = 'page' AND state = 'pending' AND source_id = ? ORDER BY started_at, url"
        return self._addresses(query, [source_id])

    def pages(self, urls: Collection[str]) -> Mapping[str, Address]:
        """Return what is known of those of these addresses that any source was asked for."""
        wanted = "url IN (SELECT unnest(?::VARCHAR[]))"
        # The source that had it first comes last, and counts.
        query = f"{_SELECT} WHERE role = 'page' AND {wanted} ORDER BY started_at DESC, source_id DESC"
        return {address.url: address for address in self._addresses(query, [list(urls)])}

    def all(self) -> Mapping[tuple[str, str], Address]:
        """Return everything that is known, by source and address."""
        return {(address.source_id, address.url): address for address in self._addresses(_SELECT, [])}

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def _addresses(self, query: str, parameters: list[Any]) -> list[Address]:
        with self._connection.cursor() as cursor:
            return [Address(*row) for row in cursor.execute(query, parameters).fetchall()]


def address_rows(addresses: Iterable[Address], started_at: dt.datetime) -> pa.Table:
    """Return the rows of `source_state` for a night; of several for one address the last counts."""
    last = {(address.source_id, address.url): address for address in addresses}
    rows = [{name: getattr(address, name) for name in _FIELDS} for address in last.values()]
    return table_of("source_state", ({**row, "started_at": started_at} for row in rows))
