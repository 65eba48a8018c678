"""GDELT's lists of articles, as a way to find pages: nothing but addresses and languages is taken from them.

Read are the article list (`.gal.json.gz`), the answers of the document search (`mode=artlist&format=json`), the tables
of events, mentions and themes (`.export.CSV`, `.mentions.CSV`, `.gkg.csv`, zipped or not), and the lists of files
(`lastupdate.txt`, `masterfilelist.txt`). The dates in them say when GDELT saw an article, so they are left alone.
Which column holds what is in GDELT's codebooks for events 2.0 and GKG 2.1.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tasks.sources.listing import MAX_LISTING_BYTES, Entry, Listing, ListingError, collect, gunzip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EVENT_COLUMNS, _EVENT_URL = 61, 60
_MENTION_COLUMNS, _MENTION_TYPE, _MENTION_URL = 16, 3, 5
_GKG_COLUMNS, _GKG_TYPE, _GKG_URL = 27, 2, 4
_WEB = "1"
"""The code of a web page among the types of documents."""
_FILES_OF_A_DAY = 96
"""A list of files names one each quarter of an hour since 2015; the last day's are news."""
_TABLES = (".export.csv.zip", ".mentions.csv.zip", ".gkg.csv.zip", ".gal.json.gz")


def parse_gdelt(body: bytes, url: str) -> Listing:
    """Return the pages, or the further lists, that one of GDELT's files names, each once.

    Raises:
        ListingError: the bytes are none of these files, or damaged.
    """
    text = _unpacked(body).decode("utf-8", "replace")
    if text.lstrip().startswith("{"):
        return collect(_json_entries(text), url)
    lines = text.splitlines()
    rows = [line.split("\t") for line in lines]
    if any(len(row) in {_EVENT_COLUMNS, _MENTION_COLUMNS, _GKG_COLUMNS} for row in rows):
        return collect(_table_entries(rows), url)
    files = _files(lines)
    if files or not text.strip():
        return collect([Entry(address, is_listing=True) for address in files], url)
    raise ListingError(f"expected a list of articles or of files of GDELT, got {text[:60]!r}")


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"PK"):
        return gunzip(body)
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive, archive.open(archive.namelist()[0]) as member:
            content = member.read(MAX_LISTING_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, IndexError, NotImplementedError, RuntimeError, EOFError) as error:
        raise ListingError(f"expected a zip file, it is damaged: {error}") from error
    if len(content) > MAX_LISTING_BYTES:
        raise ListingError(f"expected at most {MAX_LISTING_BYTES} bytes after decompression, got more")
    return content


def _json_entries(text: str) -> Iterator[Entry]:
    """Yield the articles of a search's answer, or of a list with one JSON object a line; damaged lines name none."""
    whole = _json(text)
    if isinstance(whole, dict) and isinstance(whole.get("articles"), list):
        yield from map(_json_entry, whole["articles"])
    else:
        yield from (_json_entry(_json(line)) for line in text.splitlines() if line.strip())


def _json(text: str) -> Any:  # noqa: ANN401 - whatever it holds
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _json_entry(article: object) -> Entry:
    fields = article if isinstance(article, dict) else {}
    url, language = fields.get("url"), fields.get("lang") or fields.get("language")
    return Entry(url if isinstance(url, str) else None, language=language if isinstance(language, str) else None)


def _table_entries(rows: Sequence[Sequence[str]]) -> Iterator[Entry]:
    for row in rows:
        if len(row) == _EVENT_COLUMNS and row[_EVENT_URL].startswith("http"):
            yield Entry(row[_EVENT_URL])
        elif len(row) == _MENTION_COLUMNS and row[_MENTION_TYPE] == _WEB:
            yield Entry(row[_MENTION_URL])
        elif len(row) == _GKG_COLUMNS and row[_GKG_TYPE] == _WEB:
            yield Entry(row[_GKG_URL])


def _files(lines: Sequence[str]) -> list[str]:
    """Return the newest files in a list of them, newest first; only the GKG where it is there, which names them all."""
    words = [line.split()[-1] for line in lines if line.strip()]
    files = [word for word in words if word.lower().endswith(_TABLES)]
    complete = [file for file in files if file.lower().endswith(".gkg.csv.zip")]
    return (complete or files)[: -_FILES_OF_A_DAY - 1 : -1]
