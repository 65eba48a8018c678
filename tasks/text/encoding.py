"""From bytes to text: which encoding the bytes are in, and whether they are text at all.

Belongs here: everything that looks at bytes. Does not belong here: what the text says.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from tasks.text.records import UnfitError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; those of UTF-32 stand first, because that of UTF-16-LE begins one of them."""

_SIGNATURES = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP or Office document",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\xd0\xcf\x11\xe0": "Office document",
    b"{\\rtf": "RTF",
    b"\x7fELF": "program",
    b"PAR1": "Parquet",
}
_DECLARATION = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_DECLARATION_BYTES = 8192
_DETECTION_BYTES = 131_072
_ESCAPED = frozenset({"iso2022_jp", "hz"})
"""Encodings made of ASCII bytes, which therefore pass as UTF-8."""

_WESTERN = "cp1252"
_LATIN = frozenset({"cp1250", "cp1254", "cp1257", "cp1258", "mac-roman", *(f"iso8859-{part}" for part in range(1, 17))})
_LATIN -= {"iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-11"}
"""Latin alphabets differ in a few letters, on which statistics cannot decide: English that declares none is Western."""

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MAX_NOT_TEXT = 0.01
"""Share of characters that may be control or replacement characters; a wrong encoding makes many more."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the Python name of the encoding that its bytes were read in."""

    text: str
    encoding: str


def decode(content: bytes, *, declared: bool) -> Decoded:
    """Return the text of bytes in whatever encoding; `declared` says that markup in them may name it.

    Evidence in order: byte order mark, UTF-8 (which other encodings do not produce by chance), the declaration,
    UTF-8 with a few damaged characters, statistical detection.

    Raises:
        UnfitError: `binary` for what is no text, `undecodable` where no encoding makes text of it.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(encoding, "replace"), encoding)
    _refuse_binary(content)
    name = _declared(content) if declared else None
    attempt = _strict(content, name) if name in _ESCAPED else None
    attempt = attempt or _strict(content, "utf-8") or _strict(content, name) or _damaged_utf8(content)
    return attempt or _detected(content)


def _refuse_binary(content: bytes) -> None:
    head = content[:64].lstrip()
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            raise UnfitError("binary", f"expected text, got the signature of a {kind}")
    if (position := content.find(b"\0")) >= 0:
        raise UnfitError("binary", f"expected text, got a NUL byte at offset {position}")


def _declared(content: bytes) -> str | None:
    """Return the Python name of the declared encoding, read as browsers read it (ISO-8859-1 means windows-1252)."""
    match = _DECLARATION.search(content, 0, _DECLARATION_BYTES)
    label = map_encoding_to_html5(match[1].decode("ascii"), fallback_utf8=False) if match else None
    return _codec(label)


def _codec(label: str | None) -> str | None:
    try:
        return codecs.lookup(label).name if label else None
    except LookupError:
        return None


def _strict(content: bytes, encoding: str | None) -> Decoded | None:
    if encoding is None or encoding.startswith("utf-16"):
        return None
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return Decoded(text, encoding) if encoding == "utf-8" or _is_text(text) else None


def _damaged_utf8(content: bytes) -> Decoded | None:
    """Read UTF-8 in which fewer characters outside ASCII are damaged than sound, such as a page cut off."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return Decoded(text, "utf-8") if damaged < sound and _is_text(text.replace("\ufffd", "")) else None


def _detected(content: bytes) -> Decoded:
    encoding = _codec(detect_encoding(content, max_len=_DETECTION_BYTES)) or _WESTERN
    encoding = _WESTERN if encoding in _LATIN else encoding
    return _checked(content.decode(encoding, "replace"), encoding)


def _is_text(text: str) -> bool:
    return len(_NOT_TEXT.findall(text)) <= _MAX_NOT_TEXT * len(text)


def _checked(text: str, encoding: str) -> Decoded:
    if not _is_text(text):
        raise UnfitError(
            "undecodable", f"expected text, but read as {encoding} the bytes are mostly control characters"
        )
    return Decoded(text, encoding)
