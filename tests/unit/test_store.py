"""The store's promises to one process: what was written is read, what is damaged is noticed, nothing named is lost."""

from __future__ import annotations

import datetime as dt
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from schemas.arrow import arrow_schema
from tests.unit.store_samples import KEY, NOON, all_files, documents, table, write_file
from warehouse.errors import (
    TableMismatchError,
    WarehouseConflictError,
    WarehouseDamagedError,
    WarehouseError,
)
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable


def _rejections(count: int) -> pa.Table:
    return table("rejections", *({"raw_id": f"raw{i}"} for i in range(count)))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A receipt counts the rows, empty tables included, and each file gives its rows back in order and type."""
    store = Store(tmp_path / "new" / "root")
    receipt = store.write(
        "clean", "2026-01-02/x", KEY, {"documents": documents("b", "a"), "rejections": _rejections(0)}
    )
    assert receipt.rows == {"documents": 2, "rejections": 0}
    assert Store(store.root).receipt(KEY) == receipt
    written = receipt.file("documents")
    assert written is not None
    assert store.read(written).schema.equals(arrow_schema("documents"), check_metadata=True)
    assert store.read(written, ["text", "document_id"]).to_pylist() == [
        {"text": "text of b", "document_id": "b"},
        {"text": "text of a", "document_id": "a"},
    ]
    assert receipt.file("events") is None


def test_stats_bound_the_values(tmp_path: Path) -> None:
    """Bounds hold for long and odd strings, days, numbers and NULL."""
    top = "\U0010ffff" * 70
    rows = [
        {"document_id": "z" * 200, "title": top, "published_on": dt.date(2020, 2, 3), "published_at": NOON},
        {"document_id": "a" * 200, "body_end": 7, "author": "\ud7ff" * 70},
    ]
    receipt = Store(tmp_path).write("clean", "p", KEY, {"documents": table("documents", *rows)})
    stats = receipt.files[0].stats
    assert str(stats["document_id"].min) <= "a" * 200
    assert str(stats["document_id"].max) >= "z" * 200
    assert len(str(stats["document_id"].max)) <= 64
    assert (stats["title"].min, stats["title"].max, stats["title"].null_count) == ("\U0010ffff" * 64, None, 1)
    assert str(stats["author"].max) > "\ud7ff" * 70
    assert (stats["published_on"].min, stats["published_on"].null_count) == ("2020-02-03", 1)
    assert stats["published_at"].max == "2026-01-02T12:00:00+00:00"
    assert (stats["body_end"].min, stats["body_end"].max) == (1, 7)
    assert (stats["minhash"].min, stats["minhash"].null_count) == (None, 2)


def test_bytes_depend_on_the_rows_alone(tmp_path: Path) -> None:
    """Another store, other chunks, wider types and another column order give the same bytes."""
    rows = _rejections(1000)
    pieces = pa.concat_tables([rows.slice(0, 10), rows.slice(10, 500), rows.slice(510)])
    wide = pa.table({name: pieces[name].cast(pa.large_string()) for name in reversed(pieces.column_names)})
    for place, variant in (("a", rows), ("b", pieces), ("c", wide)):
        Store(tmp_path / place).write("clean", place, KEY, {"rejections": variant})
    first, *others = (all_files(tmp_path / place) for place in "abc")
    assert list(first) == [f"tables/rejections/{KEY}.parquet"]
    assert others == [first, first]


def _with(name: str, column: str, values: pa.Array) -> pa.Table:
    rows = table(name, {})
    return rows.set_column(rows.column_names.index(column), column, values)


@pytest.mark.parametrize(
    ("name", "rows", "message"),
    [
        ("nonsense", table("rejections", {}), "no table 'nonsense'"),
        ("rejections", table("rejections", {}).drop_columns(["url"]), r"missing \['url'\]"),
        ("rejections", table("rejections", {}).append_column("more", [["x"]]), r"not expected \['more'\]"),
        ("rejections", _with("rejections", "raw_id", pa.array([None], pa.string())), "raw_id: is required"),
        (
            "documents",
            _with("documents", "published_at", pa.array([NOON.replace(tzinfo=None)])),
            "published_at: expected",
        ),
        ("documents", _with("documents", "published_on", pa.array(["2020-01-01"])), "published_on: expected date32"),
        ("documents", _with("documents", "body_end", pa.array([2**40])), "body_end: expected int32"),
        ("entity_mentions", _with("entity_mentions", "link_score", pa.array([float("nan")])), "NaN"),
    ],
)
def test_a_table_not_as_declared_is_refused(tmp_path: Path, name: str, rows: pa.Table, message: str) -> None:
    """Nothing is guessed or parsed: the error names table and column, and nothing is left behind."""
    store = Store(tmp_path)
    with pytest.raises(TableMismatchError, match=message):
        store.write("clean", "p", KEY, {name: rows})
    assert not all_files(tmp_path)
    assert store.receipt(KEY) is None


def test_columns_of_nulls_and_dictionaries_are_welcome(tmp_path: Path) -> None:
    """What other libraries call an empty or a repeated column is converted."""
    rows = _with("rejections", "url", pa.nulls(1))
    rows = rows.set_column(0, "raw_id", pa.array(["r"]).dictionary_encode())
    receipt = Store(tmp_path).write("clean", "p", KEY, {"rejections": rows})
    assert Store(tmp_path).read(receipt.files[0])["raw_id"].to_pylist() == ["r"]


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "ABCDEF12", "short", "ab" * 33, "ab.cd.ef.12"])
def test_only_digests_name_files(tmp_path: Path, key: str) -> None:
    """A key that is no digest is refused before anything is touched."""
    with pytest.raises(ValueError, match="hexadecimal"):
        Store(tmp_path).write("clean", "p", key, {})


def test_a_key_stands_for_one_result(tmp_path: Path) -> None:
    """A second result of a key changes nothing that a snapshot may name; another use of the key is refused."""
    store = Store(tmp_path)
    file = write_file(store, KEY, "a")
    assert write_file(store, KEY, "b") == file
    assert store.read(file)["document_id"].to_pylist() == ["a"]
    with pytest.raises(WarehouseConflictError, match="already stands for"):
        store.write("clean", "other", KEY, {"documents": documents("a")})


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [_truncate, _flip, os.remove])
@pytest.mark.parametrize("columns", [None, ["document_id"]])
def test_a_damaged_file_is_noticed(tmp_path: Path, damage: Callable[[Path], None], columns: list[str] | None) -> None:
    """Reading names the file and the way out."""
    store = Store(tmp_path)
    file = write_file(store)
    damage(tmp_path / file.path)
    with pytest.raises(WarehouseDamagedError, match=rf"{KEY}\.parquet is damaged.*dateline rebuild"):
        store.read(file, columns)


@pytest.mark.parametrize("damage", [_truncate, os.remove])
def test_a_damaged_result_is_made_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """A receipt with a damaged file counts as none, and writing again heals the file."""
    store = Store(tmp_path)
    file = write_file(store)
    damage(tmp_path / file.path)
    assert store.receipt(KEY) is None
    assert write_file(store) == file
    assert store.read(file).num_rows == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": "another"}', b"\xff"])
def test_a_torn_receipt_counts_as_none(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in a receipt's file, the result is made again."""
    store = Store(tmp_path)
    write_file(store)
    (tmp_path / "receipts" / f"{KEY}.json").write_bytes(content)
    assert store.receipt(KEY) is None


def test_a_root_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    """The error names the file, whether it is the root or stands above it, or the character that cannot be."""
    (tmp_path / "file").touch()
    for root in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(WarehouseError, match="file is a file; choose another"):
            Store(root)
    with pytest.raises(WarehouseError, match="question mark"):
        Store(tmp_path / "what?")


def test_a_store_creates_nothing_before_the_first_write(tmp_path: Path) -> None:
    """Looking at a warehouse that does not exist leaves no trace."""
    store = Store(tmp_path / "root")
    assert (store.current(), store.snapshots(), store.receipt(KEY)) == (None, [], None)
    store.repair_catalog()
    assert not store.root.exists()


def test_threads_write_at_once(tmp_path: Path) -> None:
    """Stages of several shards run in threads of one process, from a warehouse that does not exist yet."""
    store = Store(tmp_path / "root")
    with ThreadPoolExecutor(8) as pool:
        files = list(pool.map(lambda i: write_file(store, f"{i:08x}", f"doc{i}"), range(24)))
    store.publish(files, "run", NOON)
    assert [store.read(file)["document_id"].to_pylist() for file in files] == [[f"doc{i}"] for i in range(24)]
    assert not list((store.root / "staging").iterdir())


def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    """Files get the permissions that the user's umask allows, not those of a private temporary file."""
    store = Store(tmp_path)
    store.publish([write_file(store)], "run", NOON)
    (tmp_path / "plain").touch()
    modes = {
        stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_file() and path.name[0] != "."
    }
    assert modes == {stat.S_IMODE((tmp_path / "plain").stat().st_mode)}


def test_names_appear_only_after_their_bytes_are_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is flushed before it is renamed, and its folder after; the receipt comes last."""
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def log_fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        steps.append(f"flush {path.name if path.is_dir() else 'staged'}")
        fsync(descriptor)

    def log_replace(source: Path, target: Path) -> Any:
        steps.append(f"name {target.parent.name}")
        return replace(source, target)

    store = Store(tmp_path)
    store.write("clean", "p", "00" * 8, {"documents": documents("a"), "rejections": _rejections(1)})
    monkeypatch.setattr(os, "fsync", log_fsync)
    monkeypatch.setattr(Path, "replace", log_replace)
    store.write("clean", "p", KEY, {"documents": documents("a"), "rejections": _rejections(1)})
    assert steps[:4] == ["flush staged", "flush staged", "name documents", "name rejections"]
    assert sorted(steps[4:6]) == ["flush documents", "flush rejections"]
    assert steps[6:] == ["flush staged", "name receipts", "flush receipts"]
