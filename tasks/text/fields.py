"""The fields of one JSONL record.

Belongs here: what a record may hold, and what is said to a user whose record does not. Does not belong here: how the
fields weigh against what the text itself says (see `article.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tasks.text.address import web_address
from tasks.text.author import clean_author
from tasks.text.encoding import decode
from tasks.text.published import record_time
from tasks.text.records import Published, UnfitError
from tasks.text.title import clean_title

_EXPECTED = 'expected an object with "text" or "html" that holds a string'


@dataclass(frozen=True, slots=True)
class Fields:
    """What a record says of its article; None where it says nothing usable. Exactly one of text and html is set."""

    text: str | None
    html: str | None
    url: str | None
    title: str | None
    author: str | None
    published: Published | None
    encoding: str


def read_fields(content: bytes) -> Fields:
    """Return the fields of the JSON object in a line.

    Raises:
        UnfitError: `bad_json`, `bad_record` (no text, or not an object), `empty` (a blank text), or from `decode`.
    """
    decoded = decode(content, declared=False)
    record = _object(decoded.text)
    text, html = _words(record, "text"), _words(record, "html")
    if not text and not html:
        raise _without_text(record)
    return Fields(
        text=text,
        html=None if text else html,
        url=record_url(record),
        title=clean_title(record.get("title")),
        author=clean_author(_string(record.get("author"))),
        published=record_time(record.get("published_at")),
        encoding=decoded.encoding,
    )


def record_url(record: dict[str, Any]) -> str | None:
    """Return the record's address where it is one of the web, or None."""
    return web_address(record.get("url"))


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise UnfitError("bad_json", "expected one flat JSON object, got one nested too deeply") from error
    except ValueError as error:
        raise UnfitError("bad_json", f"expected one JSON object a line, got: {error}") from error
    if not isinstance(value, dict):
        raise UnfitError("bad_record", f"{_EXPECTED}, got a JSON {type(value).__name__}")
    return value


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _words(record: dict[str, Any], name: str) -> str | None:
    value = _string(record.get(name))
    return value if value and not value.isspace() else None


def _without_text(record: dict[str, Any]) -> UnfitError:
    given = {name: record[name] for name in ("text", "html") if name in record}
    if any(isinstance(value, str) for value in given.values()):
        return UnfitError("empty", f"{' and '.join(given)} of the record hold no words")
    got = ", ".join(f"{name}: {type(value).__name__}" for name, value in given.items())
    return UnfitError("bad_record", f"{_EXPECTED}, got {got or f'the fields {sorted(record)[:10]}'}"[:300])
