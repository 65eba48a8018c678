"""Files on disk become raw records: all of them, in order, whatever state they are in."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.sources.disk import SourceError, list_files, read
from tasks.sources.limits import Limits
from tasks.sources.names import MAX_ID, printable, usable_id

if TYPE_CHECKING:
    from tasks.sources.records import RawRecord

_LIMITS = Limits()
_SMALL = Limits(record_bytes=100)


def _read(*paths: Path, limits: Limits = _LIMITS) -> list[RawRecord]:
    return list(read(paths, limits))


def _write(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_folder_is_read_in_path_order(tmp_path: Path) -> None:
    """All kinds of files below a folder come out sorted by path; hidden ones and other kinds stay out."""
    _write(tmp_path / "b.TXT", "b")
    _write(tmp_path / "a" / "z.html", "<p>z")
    _write(tmp_path / "a" / "c.jsonl", _lines({"id": "c1", "text": "c"}))
    _write(tmp_path / "a" / "d.jsonl.gz", gzip.compress(_lines({"id": "d1", "text": "d"}).encode()))
    _write(tmp_path / ".hidden.txt", "no")
    _write(tmp_path / ".git" / "x.txt", "no")
    _write(tmp_path / "notes.pdf", "no")
    records = _read(tmp_path)
    assert [(r.record_id, r.media_type, r.location) for r in records] == [
        ("c1", "application/json", "a/c.jsonl:1"),
        ("d1", "application/json", "a/d.jsonl.gz:1"),
        ("z.html", "text/html", "a/z.html"),
        ("b.TXT", "text/plain", "b.TXT"),
    ]


def test_skipped_kinds_are_counted_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Files of other kinds in a folder are no error, but the user hears of them."""
    for name in ("a.pdf", "b.pdf", "c"):
        _write(tmp_path / name, "x")
    assert list_files([tmp_path]).skipped == (("", 1), (".pdf", 2))
    assert _read(tmp_path) == []
    assert "2 .pdf" in caplog.text


def test_wrong_paths_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    """A missing path and a named file of an unknown kind are errors at once, with the path in the message."""
    good = _write(tmp_path / "a.txt", "a")
    with pytest.raises(SourceError, match=r"missing\.txt.*does not exist"):
        read([good, tmp_path / "missing.txt"], _LIMITS)
    with pytest.raises(SourceError, match=r"expected a file ending in \.txt.*report\.pdf"):
        read([good, _write(tmp_path / "report.pdf", "x")], _LIMITS)


def test_same_file_is_read_once(tmp_path: Path) -> None:
    """A file that is named and also lies in a named folder is one record."""
    file = _write(tmp_path / "a.txt", "a")
    assert [r.record_id for r in _read(tmp_path, file, tmp_path)] == ["a.txt"]


def test_link_loops_end(tmp_path: Path) -> None:
    """A folder that links to itself is read once, and a broken link becomes a record that says so."""
    _write(tmp_path / "sub" / "a.txt", "a")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert [(r.record_id, r.problem) for r in _read(tmp_path)] == [("gone.txt", "unreadable"), ("a.txt", None)]


def test_pipes_in_a_folder_do_not_block(tmp_path: Path) -> None:
    """A named pipe in a folder is skipped like any other thing that is no file."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert _read(tmp_path) == []


def test_unlistable_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subfolder that cannot be listed becomes an unreadable record; the rest is read."""
    _write(tmp_path / "a.txt", "a")
    locked = tmp_path / "locked"
    locked.mkdir()
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(locked))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert [(r.record_id, r.problem) for r in _read(tmp_path)] == [("a.txt", None), ("locked", "unreadable")]


def test_content_is_kept_byte_for_byte(tmp_path: Path) -> None:
    """The bytes of a file, and those of a line without its line end, are kept as they stand."""
    page = b"\xef\xbb\xbf<p>\xff\r\n"
    line = b' {"id": 7,  "text": "caf\\u00e9"} '
    _write(tmp_path / "p.html", page)
    _write(tmp_path / "r.jsonl", b"\xef\xbb\xbf" + line + b"\r\n\n  \n")
    records = _read(tmp_path)
    assert [r.content for r in records] == [page, line]
    assert [r.size for r in records] == [len(page), len(line)]
    assert records[1].record_id == "7"


def test_names_come_from_the_record_or_the_place(tmp_path: Path) -> None:
    """Id and source are the record's own where usable, else file name and line, and the default source."""
    file = _write(
        tmp_path / "news.jsonl",
        _lines({"id": "x1", "source": "Daily", "text": "a"}, {"id": "a\nb", "source": "", "text": "b"}, ["no record"])
        + "{broken\n\n"
        + _lines({"id": "y" * (MAX_ID + 1)}, {"id": True}, {"id": {"a": 1}}),
    )
    assert [(r.source_id, r.record_id) for r in _read(file)] == [
        ("Daily", "x1"),
        ("files", "news.jsonl:2"),
        ("files", "news.jsonl:3"),
        ("files", "news.jsonl:4"),
        ("files", "news.jsonl:6"),
        ("files", "news.jsonl:7"),
        ("files", "news.jsonl:8"),
    ]


def test_oversized_files_and_lines_are_left_out(tmp_path: Path) -> None:
    """What is too large becomes a record without bytes, and what follows it is read; the limit itself is allowed."""
    line = json.dumps({"id": "ok", "text": "x" * 50})
    fitting = json.dumps({"id": "fit", "text": "x" * 200})[:100].encode()
    _write(tmp_path / "big.txt", b"x" * 101)
    _write(tmp_path / "fits.txt", b"x" * 100)
    _write(tmp_path / "lines.jsonl", fitting + b"\n" + b"y" * 5000 + b"\n" + line.encode())
    big, fits, exact, long, after = _read(tmp_path, limits=_SMALL)
    assert (big.problem, big.size, big.content) == ("oversized", 101, None)
    assert fits.problem is exact.problem is after.problem is None
    assert (long.record_id, long.problem, long.content) == ("lines.jsonl:2", "oversized", None)
    assert "at most 100 bytes" in (long.detail or "")


def test_damaged_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    """A gzip file cut off in the middle gives its whole lines, and one record that says what happened."""
    text = "".join(_lines({"id": str(n), "text": os.urandom(300).hex()}) for n in range(200))
    packed = gzip.compress(text.encode())
    *kept, last = _read(_write(tmp_path / "cut.jsonl.gz", packed[: len(packed) // 2]))
    assert len(kept) > 10
    assert [r.record_id for r in kept] == [str(n) for n in range(len(kept))]
    assert (last.problem, last.content) == ("bad_archive", None)
    assert last.record_id == f"cut.jsonl.gz:{len(kept) + 1}"


def test_file_that_is_no_gzip(tmp_path: Path) -> None:
    """A plain file under a gzip name is one bad_archive record."""
    (record,) = _read(_write(tmp_path / "plain.jsonl.gz", _lines({"id": "a"})))
    assert (record.problem, record.record_id) == ("bad_archive", "plain.jsonl.gz:1")


def test_compression_bomb_is_bounded(tmp_path: Path) -> None:
    """A line that unpacks to far more than it may hold is dropped without being kept."""
    bomb = gzip.compress(b"x" * 30_000_000 + b"\n" + _lines({"id": "after", "text": "t"}).encode())
    first, second = _read(_write(tmp_path / "bomb.jsonl.gz", bomb), limits=_SMALL)
    assert (first.problem, second.record_id) == ("oversized", "after")


def test_reading_is_lazy(tmp_path: Path) -> None:
    """Records come one at a time: the first is there although the second file cannot be read any more."""
    _write(tmp_path / "a.txt", "a")
    last = _write(tmp_path / "b.txt", "b")
    records = read([tmp_path], _LIMITS)
    assert next(records).record_id == "a.txt"
    last.unlink()
    assert next(records).problem == "unreadable"


def test_odd_file_names_are_shown_escaped(tmp_path: Path) -> None:
    """A file name with control characters or broken bytes can be stored and printed."""
    (tmp_path / "a\nb.txt").write_bytes(b"x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_bytes(b"y")
    names = [r.record_id for r in _read(tmp_path)]
    assert names == ["a\\u000ab.txt", "\\udcff.txt"]
    assert "".join(names).encode()


def test_limits_refuse_nonsense() -> None:
    """A limit under which nothing can be read is an error."""
    with pytest.raises(ValueError, match="expected 1 or more"):
        Limits(record_bytes=0)


@given(st.one_of(st.text(max_size=3 * MAX_ID), st.integers(), st.none(), st.floats(), st.lists(st.text())))
def test_usable_ids_are_short_and_printable(value: object) -> None:
    """Whatever a record calls itself, its id is None or short, printable and storable."""
    name = usable_id(value)
    assert name is None or (0 < len(name) <= MAX_ID and name.isprintable() and name.encode())


@given(st.text())
def test_printable_names_are_storable(name: str) -> None:
    """Escaped names hold nothing that a terminal or UTF-8 trips over."""
    assert printable(name).isprintable()
    assert printable(name).encode() is not None


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=6))
def test_every_line_is_accounted_for(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    """Each line that is not blank is one record, whatever its bytes."""
    file = _write(tmp_path_factory.mktemp("lines") / "x.jsonl", b"\n".join(lines))
    expected = [line for line in b"\n".join(lines).removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    assert len(_read(file)) == len(expected)


def test_an_id_is_kept_as_the_source_writes_it(tmp_path: Path) -> None:
    """Ids that differ in a space at their end are two records, and each keeps its own."""
    file = tmp_path / "ids.jsonl"
    file.write_text('{"id": "wire-7 ", "text": "a"}\n{"id": "wire-7", "text": "b"}\n{"id": "  ", "text": "c"}\n')
    assert [r.record_id for r in _read(file)] == ["wire-7 ", "wire-7", "ids.jsonl:3"]
