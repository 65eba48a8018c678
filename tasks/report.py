"""What a run did, in numbers: for the closing table, the log and the `runs` table."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from schemas.ids import make_id
from tasks.extract import TABLES as MENTION_TABLES
from tasks.nlp.model import model_version
from tasks.rows import table_of
from tasks.text.language import ENGLISH
from tasks.versions import code_version, digest, seeds_version

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from warehouse.manifest import DataFile
    from warehouse.store import Store

_RESOLVED = ("entities", "events", "event_participants")


@dataclass(frozen=True, slots=True)
class Failure:
    """One shard that a stage could not do: the shard's partition, the stage, and what went wrong."""

    partition: str
    stage: str
    error: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """One source that could not be read: its id, `partial` or `down`, and the first reason."""

    source_id: str
    state: str
    problem: str | None


@dataclass(slots=True)
class Report:
    """What one run did.

    Attributes:
        discovered, unchanged: records in the input, and those of them that the warehouse already had.
        outside: records left alone because they are of other nights; not among the discovered.
        rows: rows that the run wrote of its new articles, and of the tables across articles, by table.
        foreign: new documents that are not in English, which are kept and not read.
        rejections: new rejections by reason.
        seconds: wall time by stage, from its first start to its last end; stages overlap.
        failures: shards that are missing.
        troubles: sources that could not be read, wholly or in part.
        snapshot_id: the snapshot that holds the result; None where there is none yet.
        published: whether this run made that snapshot.
    """

    started_at: dt.datetime
    discovered: int = 0
    unchanged: int = 0
    outside: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    foreign: int = 0
    rejections: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    snapshot_id: int | None = None
    published: bool = False

    @property
    def state(self) -> str:
        """`completed`, or `incomplete` where shards or sources are missing."""
        return "incomplete" if self.failures or self.troubles else "completed"

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {**asdict(self), "state": self.state}


def count_rows(store: Store, files: Iterable[DataFile]) -> tuple[dict[str, int], dict[str, int]]:
    """Return rows by table and rejections by reason of these files."""
    rows: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for file in files:
        rows[file.table] += file.rows
        if file.table == "rejections":
            counted = pc.value_counts(store.read(file, ["reason"])["reason"]).to_pylist()
            reasons.update({item["values"]: item["counts"] for item in counted})
    return dict(rows), dict(sorted(reasons.items()))


def count_foreign(store: Store, files: Iterable[DataFile]) -> int:
    """Return the number of documents in these files that are not in English."""
    documents = (store.read(file, ["language"])["language"] for file in files if file.table == "documents")
    return sum(pc.sum(pc.not_equal(languages, ENGLISH)).as_py() or 0 for languages in documents)


def source_health(store: Store, started_at: dt.datetime) -> list[dict[str, Any]]:
    """Return the rows of `source_health` that the run of this start published; empty where it asked no source."""
    snapshot = store.current()
    files = snapshot.table("source_health") if snapshot is not None else ()
    rows = (row for file in files for row in store.read(file).to_pylist())
    return [row for row in rows if row["started_at"] == started_at]


def run_id(snapshot_id: int, files: Sequence[DataFile]) -> str:
    """Return the id of a run: what it publishes, as which snapshot; so the same nights give the same id everywhere."""
    return make_id("run", snapshot_id, digest(*sorted(file.path + file.sha256 for file in files)))


def run_row(
    report: Report, identity: str, snapshot_id: int, parameters: Mapping[str, Any], finished_at: dt.datetime
) -> pa.Table:
    """Return the row of the `runs` table for a run that is about to publish a snapshot."""
    counted = ("documents", "rejections", *(t for t in MENTION_TABLES if t != "document_entities"), *_RESOLVED)
    row = {
        "run_id": identity,
        "snapshot_id": snapshot_id,
        "started_at": report.started_at,
        "finished_at": finished_at,
        "state": report.state,
        "parameters": json.dumps(parameters, sort_keys=True, default=str),
        "code_version": code_version(),
        "model_version": model_version(),
        "seeds_version": seeds_version(),
        "discovered": report.discovered,
        "unchanged": report.unchanged,
        **{table: report.rows.get(table, 0) for table in counted},
    }
    return table_of("runs", [row])
