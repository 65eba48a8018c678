"""Clean and extract, shard by shard; what fails is told and left out."""

from collections.abc import Sequence

from flows.engine import Engine, Handle
from flows.stopwatch import Stopwatch
from tasks.clean import clean
from tasks.extract import extract
from tasks.report import Failure
from tasks.workers import Workers
from warehouse.manifest import DataFile, Receipt
from warehouse.store import Store

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

    cleaning = [engine.submit("clean", clean_shard, shard.key) for shard in shards]
    results: list[Result] = []
    failures: list[Failure] = []
    extracting: list[tuple[Receipt, str | None, Handle[str] | None]] = []
    for shard, handle in zip(shards, cleaning, strict=True):
        key = _outcome(handle, shard, "clean", failures)
        extracting.append((shard, key, engine.submit("extract", extract_shard, key) if key else None))
    for shard, cleaned, extraction in extracting:
        extracted = _outcome(extraction, shard, "extract", failures) if extraction is not None else None
        if cleaned and extracted:
            results.append(_files(shard, _receipt(store, cleaned), _receipt(store, extracted)))
    return results, failures


def _receipt(store: Store, key: str) -> Receipt:
    receipt = store.receipt(key)
    if receipt is None:
        raise LookupError(f"the files of receipt {key} are gone or damaged; run again to make them anew")
    return receipt


def _outcome(handle: Handle[str], shard: Receipt, stage: str, failures: list[Failure]) -> str | None:
    try:
        return handle.result()
    except Exception as error:  # noqa: BLE001 - whatever it was, the other shards go on
        failures.append(Failure(shard.partition, stage, f"{type(error).__name__}: {error}"[:500]))
        return None


def _files(*receipts: Receipt) -> Result:
    """Return one file a table; a later stage's file takes the place of an earlier one's."""
    return tuple({file.table: file for receipt in receipts for file in receipt.files}.values())
