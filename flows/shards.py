"""Clean and extract, shard by shard; what fails is tried again where that can help, then told and left out."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from flows.engine import Engine, Handle
from flows.stopwatch import Stopwatch
from tasks.clean import clean
from tasks.extract import extract
from tasks.report import Failure
from tasks.workers import Workers
from warehouse.errors import DiskFullError
from warehouse.manifest import DataFile, Receipt
from warehouse.store import Store

_LOGGER = logging.getLogger(__name__)
_PAUSE_S = 5.0

Result = tuple[DataFile, ...]
"""The files of one partition, one a table."""


def read_shards(
    store: Store, workers: Workers, engine: Engine, watch: Stopwatch, shards: Sequence[Receipt]
) -> tuple[list[Result], list[Failure]]:
    """Return the files of each shard that could be read, in the order of the shards, and the failures.

    Tasks get and return the keys of receipts, which are names that mean the same on another machine.
    """

    def clean_shard(key: str) -> str:
        with watch.measure("clean"):
            return clean(store, workers, _receipt(store, key)).key

    def extract_shard(key: str) -> str:
        with watch.measure("extract"):
            return extract(store, workers, _receipt(store, key)).key

    def start(stage: str, work: Callable[[str], str], key: str, number: int) -> Handle[str]:
        return engine.submit(stage, _twice(work), key, f"{number + 1}-{shards[number].partition[:8]}")

    cleaning = [start("clean", clean_shard, shard.key, number) for number, shard in enumerate(shards)]
    results: list[Result] = []
    failures: list[Failure] = []
    extracting: list[tuple[Receipt, str | None, Handle[str] | None]] = []
    for number, (shard, handle) in enumerate(zip(shards, cleaning, strict=True)):
        key = _outcome(handle, shard, "clean", failures)
        extracting.append((shard, key, start("extract", extract_shard, key, number) if key else None))
    for shard, cleaned, extraction in extracting:
        extracted = _outcome(extraction, shard, "extract", failures) if extraction is not None else None
        if cleaned and extracted:
            results.append(_files(shard, _receipt(store, cleaned), _receipt(store, extracted)))
    return results, failures


def _twice(work: Callable[[str], str]) -> Callable[[str], str]:
    """Try again after an error of the disk or network, which may be gone; the same code on the same bytes fails again.

    A worker that died is a case of its own, see `tasks/workers.py`.
    """

    def attempt(key: str) -> str:
        try:
            return work(key)
        except OSError as error:
            _LOGGER.warning("%s; trying that shard once more in %g s", error, _PAUSE_S)
            time.sleep(_PAUSE_S)
            return work(key)

    return attempt


def fetched_shards(files: Iterable[DataFile]) -> list[Receipt]:
    """Return the shards of a snapshot as the fetch stage left them: raw documents, state of addresses, archive."""
    by_key: defaultdict[str, list[DataFile]] = defaultdict(list)
    for file in files:
        by_key[file.key].append(file)
    return [
        Receipt("fetch", group[0].partition, key, tuple(group))
        for key, group in by_key.items()
        if any(file.table == "raw_documents" for file in group)
    ]


def _receipt(store: Store, key: str) -> Receipt:
    receipt = store.receipt(key)
    if receipt is None:
        raise LookupError(f"the files of receipt {key} are gone or damaged; run again to make them anew")
    return receipt


def _outcome(handle: Handle[str], shard: Receipt, stage: str, failures: list[Failure]) -> str | None:
    """Return what the task returned, or note its failure; a full disk ends the run, since no other shard would fit."""
    try:
        return handle.result()
    except DiskFullError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the other shards go on
        failures.append(Failure(shard.partition, stage, f"{type(error).__name__}: {error}"[:500]))
        return None


def _files(*receipts: Receipt) -> Result:
    """Return one file a table; a later stage's file takes the place of an earlier one's."""
    return tuple({file.table: file for receipt in receipts for file in receipt.files}.values())
