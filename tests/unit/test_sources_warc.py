"""Archives: what is written can be read by others, and what others wrote is read, or told, whatever state it is in."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from fastwarc.warc import ArchiveIterator

from tasks.sources.archive import archive_file, bodies, capture
from tasks.sources.http.records import Exchange, Response
from tasks.sources.limits import Limits
from tasks.sources.warc_file import read_warc_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tasks.sources.records import RawRecord

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
PAGE = b"<html><body>" + b"<p>words of a story</p>" * 50 + b"</body></html>"
HTML = {"Content-Type": "text/html"}


def response(
    url: str, payload: bytes, headers: Mapping[str, str] = HTML, status: int = 200, body: bytes = b""
) -> Response:
    """Return what the client gives for one exchange."""
    pairs = tuple(headers.items())
    exchange = Exchange(url, "127.0.0.1", (), "HTTP/1.1", status, "OK", pairs, payload, NOON, 0.1)
    return Response(url, url, status, pairs, body or payload, len(payload), NOON, 0.1, exchanges=(exchange,))


def archive(*responses: Response) -> bytes:
    """Return the archive of responses."""
    captures = [capture(one) for one in responses]
    return archive_file([one.members for one in captures if one], NOON)


def three() -> bytes:
    """Return an archive of three pages."""
    return archive(*(response(f"http://e.org/{number}", PAGE + b"%d" % number) for number in range(3)))


def read(folder: Path, content: bytes, name: str = "a.warc.gz", limits: Limits | None = None) -> list[RawRecord]:
    """Return the records of an archive of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return list(read_warc_file(path, name, limits or Limits()))


def outcome(records: list[RawRecord]) -> list[tuple[str, str | None]]:
    """Return record ids and problems."""
    return [(record.record_id, record.problem) for record in records]


PAGES = [(f"http://e.org/{number}", None) for number in range(3)]


def test_the_archive_holds_bytes_as_received_and_gives_the_body_back() -> None:
    """A compressed page stays compressed in the archive; chunks are joined, which its headers say."""
    headers = {**HTML, "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    packed = gzip.compress(PAGE, mtime=0)
    kept = capture(response("http://e.org/1", packed, headers, body=PAGE))
    assert kept is not None
    content = archive_file([kept.members], NOON)
    assert packed in gzip.decompress(content)
    assert bodies(content, {kept.payload_digest}, 10_000_000) == {kept.payload_digest: PAGE}
    assert [record.headers.get("WARC-Type") for record in ArchiveIterator(BytesIO(content))] == [
        "warcinfo",
        "response",
    ]


def test_one_member_a_record_and_the_same_bytes_every_time() -> None:
    """Other tools seek to a member; the same answers give the same file."""
    assert three() == three()
    assert three().count(b"\x1f\x8b\x08") >= 4


def test_a_header_cannot_forge_a_record(tmp_path: Path) -> None:
    """Line ends in what a server sends stay within their line."""
    headers = {**HTML, "X": "1\r\nContent-Type: text/plain\r\n\r\nWARC/1.1"}
    (record,) = read(tmp_path, archive(response("http://e.org/1", PAGE, headers)))
    assert (record.media_type, record.content) == ("text/html", PAGE)


def test_not_modified_leaves_nothing_to_keep() -> None:
    """No bytes came, so there is nothing to archive."""
    assert capture(response("http://e.org/1", b"", status=304)) is None


@pytest.mark.parametrize(
    "pack", [lambda content: content, gzip.decompress, lambda c: gzip.compress(gzip.decompress(c))]
)
def test_archives_in_every_packing(tmp_path: Path, pack: object) -> None:
    """Gzip by record, none, and gzip as a whole: the same pages."""
    assert outcome(read(tmp_path, pack(three()))) == PAGES  # type: ignore[operator]


def test_an_archive_that_is_cut_off_says_where(tmp_path: Path) -> None:
    """The pages before the cut are read, the one in it is told."""
    for cut in (40, 200):
        found = outcome(read(tmp_path, three()[:-cut]))
        assert found[:2] == PAGES[:2]
        assert [problem for _, problem in found[2:]] in (["truncated"], ["not_a_page"], ["bad_archive"])


@pytest.mark.parametrize("length", [b"100", b"900", b"-5", b"99999999999999999999"])
def test_wrong_lengths_cost_one_record(tmp_path: Path, length: bytes) -> None:
    """Reading goes on at the next record that can be found."""
    plain = gzip.decompress(three())
    first = plain.index(b"WARC-Type: response")
    wrong = plain[:first] + re.sub(rb"Content-Length: \d+", b"Content-Length: " + length, plain[first:], count=1)
    found = outcome(read(tmp_path, wrong, "a.warc"))
    assert found[-2:] == PAGES[1:]
    assert any(problem == "bad_archive" for _, problem in found)


def test_damage_in_the_middle_costs_one_record(tmp_path: Path) -> None:
    """A damaged member is told, those after it are read."""
    content = three()
    middle = len(archive(response("http://e.org/0", PAGE + b"0"))) + 60
    found = outcome(read(tmp_path, content[:middle] + b"\xff" * 20 + content[middle + 20 :]))
    assert [found[0], found[-1]] == [PAGES[0], PAGES[2]]
    assert {problem for _, problem in found[1:-1]} == {"bad_archive"}


@pytest.mark.parametrize("content", [b"", b"garbage" * 99, gzip.compress(b"garbage" * 99), b"\x1f\x8b\x08", b"WARC/9"])
def test_what_is_no_archive_is_told(tmp_path: Path, content: bytes) -> None:
    """Not one file passes in silence."""
    assert {problem for _, problem in outcome(read(tmp_path, content))} == {"bad_archive"}


def test_records_that_are_no_pages_say_so(tmp_path: Path) -> None:
    """Errors, pictures, references and bombs are rejections; what only describes the archive is left out."""
    bomb = gzip.compress(b"\0" * 50_000_000)
    content = archive(
        response("http://e.org/gone", b"gone", status=404),
        response("http://e.org/photo", b"\xff\xd8", {"Content-Type": "image/jpeg"}),
        response("http://e.org/bomb", bomb, {**HTML, "Content-Encoding": "gzip"}),
        response("http://e.org/none", PAGE, {}),
    )
    again = gzip.decompress(three()).replace(b"WARC-Type: response", b"WARC-Type: revisit ", 1)
    found = outcome(read(tmp_path, content)) + outcome(read(tmp_path, again, "b.warc"))
    assert found[:4] == [
        ("http://e.org/gone", "http_error"),
        ("http://e.org/photo", "not_a_page"),
        ("http://e.org/bomb", "bomb"),
        ("http://e.org/none", None),
    ]
    assert found[4:] == [("http://e.org/0", "not_a_page"), *PAGES[1:]]


def test_large_records_are_not_read(tmp_path: Path) -> None:
    """The size limit holds here too."""
    assert {problem for _, problem in outcome(read(tmp_path, three(), limits=Limits(100)))} == {"oversized"}


def test_damage_deep_in_a_large_page_costs_that_page(tmp_path: Path) -> None:
    """It is found only while the page is read, and reading goes on after it all the same."""
    noise = b"<p>" + b"".join(str(hash((number, 7))).encode() for number in range(60_000))
    content = archive(*(response(f"http://e.org/{number}", noise) for number in range(3)))
    middle = len(content) // 2
    found = outcome(read(tmp_path, content[:middle] + b"\xff" * 50 + content[middle + 50 :]))
    assert [found[0], found[-1]] == [PAGES[0], PAGES[2]]
    assert "bad_archive" in {problem for _, problem in found[1:-1]}
