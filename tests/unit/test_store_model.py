"""Any order of writing, publishing and vacuuming leaves the warehouse as a simple model says."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.unit.store_samples import NOON, documents
from warehouse.catalog import connect
from warehouse.store import Store

if TYPE_CHECKING:
    from warehouse.manifest import DataFile

_KEYS = st.integers(0, 5).map(lambda number: f"{number:08x}")
_IDS = st.lists(st.text(st.characters(codec="utf-8"), max_size=3), max_size=3, unique=True)


class Warehouse(RuleBasedStateMachine):
    """The model: rows by key, as first written, and the keys that each kept snapshot names."""

    def __init__(self) -> None:
        """Start without a folder."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store(self.folder / "root")
        self.results: dict[str, tuple[DataFile, list[str]]] = {}
        self.kept: dict[int, frozenset[str]] = {}

    def teardown(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder)

    @rule(key=_KEYS, ids=_IDS)
    def write(self, key: str, ids: list[str]) -> None:
        """The first result of a key stands; its receipt is found again."""
        receipt = self.store.write("clean", f"partition of {key}", key, {"documents": documents(*ids)})
        file, _ = self.results.setdefault(key, (receipt.files[0], ids))
        assert receipt.files == (file,)
        assert self.store.receipt(key) == receipt

    @rule(data=st.data())
    def publish(self, data: st.DataObject) -> None:
        """A new set of files is a new snapshot, the same set is none."""
        keys = frozenset(data.draw(st.sets(st.sampled_from(sorted(self.results)))) if self.results else ())
        latest = max(self.kept, default=0)
        snapshot = self.store.publish([self.results[key][0] for key in sorted(keys)], "run", NOON)
        is_same = latest > 0 and self.kept[latest] == keys
        assert snapshot.snapshot_id == (latest if is_same else latest + 1)
        self.kept[snapshot.snapshot_id] = keys

    @precondition(lambda self: self.kept)
    @rule(keep=st.integers(1, 3))
    def vacuum(self, keep: int) -> None:
        """The newest stay, with all that they name, and nothing else does."""
        with self.store.lock():
            self.store.vacuum(keep)
        self.kept = dict(sorted(self.kept.items())[-keep:])
        live = frozenset().union(*self.kept.values())
        self.results = {key: result for key, result in self.results.items() if key in live}
        assert len(list(self.store.root.glob("tables/*/*"))) == len(live)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def query(self, data: st.DataObject) -> None:
        """SQL as of a snapshot shows the rows of its files."""
        snapshot_id = data.draw(st.sampled_from(sorted(self.kept)))
        with connect(self.store, snapshot_id) as connection:
            shown = connection.execute("SELECT document_id FROM documents").fetchall()
        expected = [(name,) for key in self.kept[snapshot_id] for name in self.results[key][1]]
        assert sorted(shown) == sorted(expected)

    @invariant()
    def every_kept_snapshot_is_whole(self) -> None:
        """Ids and rows of every kept snapshot are those of the model."""
        assert self.store.snapshots() == sorted(self.kept)
        for snapshot_id, keys in self.kept.items():
            read = {file.key: self.store.read(file)["document_id"] for file in self.store.snapshot(snapshot_id).files}
            assert {key: rows.to_pylist() for key, rows in read.items()} == {key: self.results[key][1] for key in keys}


TestWarehouse = Warehouse.TestCase
TestWarehouse.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
