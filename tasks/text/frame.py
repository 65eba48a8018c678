"""The frame of a story: title, byline, stamp and dateline that stand before it, title and stamp that stand after it.

Belongs here: finding these lines in the cleaned text, so that the story proper is known. Nothing is cut from the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from tasks.text.author import is_name, read_byline
from tasks.text.dateline import Dateline, find_dateline
from tasks.text.dates import find_stamp

_HEAD_LINES = 6
"""Lines at the start, and as many at the end, among which the frame is looked for."""

_MAX_TITLE = 150
_MIN_TITLE_WORDS = 3
_MAX_QUESTION = 80
"""A title that ends like a sentence, with a question or exclamation mark, is a short one."""

_MIN_STORY = 60
"""Fewest characters of a paragraph that a title can stand above."""

_STAMP_LEAD = (
    r"(?:(?i:(?:first |last |originally )?(?:updated|published|posted|modified|created|issued|release date|date)"
    r"(?:\s+(?:on|at))?|this (?:story|article) (?:is|was)(?: published)? (?:from|on))\s*[:|\u2014\u2013-]*\s*)"
)
_PUBLISHER = r"(?:(?:[A-Z][\w.&]*\s+){1,4}(?=[A-Z]))"
_STAMP_TAIL = re.compile(r"[\s(]*(?:[A-Z]{1,5}T|[A-Z]{3}|local time|hrs|h)?[\s).,|]*", re.IGNORECASE)
_STAMP_HEAD = re.compile(rf"[(\s]*(?:{_PUBLISHER}?{_STAMP_LEAD})?")
_MAX_STAMP = 90
_SENTENCE_END = re.compile("[.,;:\u2026][\"'\u201d\u2019)]*$")
_GAP = re.compile("[\\s.:|\u2014\u2013-]*")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the story stands in the text, and what was found around it; offsets into the text, stamps as written."""

    title: tuple[int, int] | None
    body: tuple[int, int]
    byline: str | None
    stamps: tuple[str, ...]
    dateline: Dateline | None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str


@dataclass(slots=True)
class _Findings:
    """What has been found so far, while the frame is taken off line by line."""

    title: tuple[int, int] | None = None
    start: int = 0
    byline: str | None = None
    dateline: Dateline | None = None


def find_frame(text: str, title: str | None) -> Frame:
    """Return the frame of an article text; `title` is its title where another source gives it, else it is looked for.

    The story is never empty: where all lines look like frame, the whole text is the story.
    """
    lines = _lines(text)
    found = _Findings()
    stamps = _read_head(text, lines, title, found)
    end, tail_title, tail_stamps = _read_tail(text, lines, title, found)
    body = (found.start, end) if found.start < end else (0, len(text))
    kept = found.title or tail_title
    return Frame(kept, body, found.byline, (*stamps, *tail_stamps), found.dateline)


def is_stamp(line: str) -> bool:
    """Say whether a line is nothing but a date, such as `Updated 31 May 2018`."""
    if len(line) > _MAX_STAMP:
        return False
    stamp = find_stamp(line)
    if stamp is None:
        return False
    before, after = line[: stamp.start], line[stamp.end :]
    return bool(_STAMP_HEAD.fullmatch(before) and _STAMP_TAIL.fullmatch(after))


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for words in text.split("\n"):
        lines.append(_Line(start, start + len(words), words))
        start += len(words) + 1
    return lines


def _read_head(text: str, lines: list[_Line], title: str | None, found: _Findings) -> list[str]:
    """Take the frame off the start of the text, line by line; return the stamps in it."""
    stamps: list[str] = []
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if is_stamp(line.words):
            stamps.append(line.words)
        elif byline := None if found.byline else _byline(lines, index):
            found.byline = byline
        elif span := None if found.title else _head_title(text, lines, index, title):
            found.title = span
            found.start = span[1] + len(_gap(text, span[1]))
            if found.start < line.end:
                break
            continue
        else:
            break
        found.start = min(line.end + 1, len(text))
    _read_dateline(text, lines, found)
    return stamps


def _read_dateline(text: str, lines: list[_Line], found: _Findings) -> None:
    """Find the dateline where the story begins, or after short lines such as a name and a newspaper's."""
    for line in lines[:_HEAD_LINES]:
        start = max(line.start, found.start)
        if start >= line.end:
            continue
        if dateline := find_dateline(text, start, line.end):
            found.dateline = dateline
            found.start = _skip_space(text, dateline.end)
            return
        if not _is_title_like(line.words) and line.end - start > _MIN_STORY:
            return


def _gap(text: str, start: int) -> str:
    """Return the white space and punctuation that part a title from the story."""
    match = _GAP.match(text, start)
    return match[0] if match else ""


def _skip_space(text: str, start: int) -> int:
    return start + sum(1 for _ in takewhile(str.isspace, text[start : start + 10]))


def _head_title(text: str, lines: list[_Line], index: int, title: str | None) -> tuple[int, int] | None:
    line = lines[index]
    if title is not None:
        end = _match_title(text, line, title)
        return (line.start, end) if end and end < len(text) else None
    return (line.start, line.end) if _is_title(lines, index) else None


def _is_title(lines: list[_Line], index: int) -> bool:
    """Say whether a line is a title: one with a full stop only where a stamp, byline or dateline follows."""
    words = lines[index].words
    follower = lines[index + 1].words if index + 1 < len(lines) else ""
    if not words[0].isupper() and not words[0].isdigit() and words[0] not in "\"'\u2018\u201c":
        return False
    if len(words.split()) < _MIN_TITLE_WORDS or len(words) > _MAX_TITLE or _has_dateline(words):
        return False
    framed = is_stamp(follower) or _byline(lines, index + 1) is not None or _has_dateline(follower)
    return framed or (_is_title_like(words) and len(follower) >= _MIN_STORY)


def _byline(lines: list[_Line], index: int) -> str | None:
    """Return the names in a line that is a byline: one with `By`, or bare names right above a dateline."""
    words = lines[index].words if index < len(lines) else ""
    above_dateline = is_name(words) and index + 1 < len(lines) and _has_dateline(lines[index + 1].words)
    return read_byline(words) or (words if above_dateline else None)


def _has_dateline(words: str) -> bool:
    return find_dateline(words, 0, len(words)) is not None


def _is_title_like(words: str) -> bool:
    if len(words) > (_MAX_QUESTION if words.endswith(("?", "!")) else _MAX_TITLE) or words.endswith((":", ",", ";")):
        return False
    return words.isupper() or not _SENTENCE_END.search(words)


def _match_title(text: str, line: _Line, title: str) -> int | None:
    """Return where the title ends with which a line begins, letters and digits compared; None where it does not."""
    wanted = _key(title)
    if len(wanted) < 5:  # noqa: PLR2004 - shorter titles are words that may open any sentence
        return None
    position, matched = line.start, 0
    while matched < len(wanted) and position < line.end:
        key = _key(text[position])
        if key and not wanted.startswith(key, matched):
            return None
        matched += len(key)
        position += 1
    return _title_end(text, position, line.end) if matched >= len(wanted) else None


def _title_end(text: str, position: int, line_end: int) -> int | None:
    """Return the end of a title whose words end at `position`, unless a sentence merely begins with the same words."""
    end = position
    while end < line_end and not text[end].isalnum() and not text[end].isspace():
        end += 1
    rest = text[end:line_end].lstrip()
    if not rest:
        return end
    stopped = text[end - 1] in ".?!:|"
    apart = re.match("\\s+[|\u2014\u2013-]+\\s", text[end : end + 5])
    return position if (stopped and end > position) or stopped or apart else None


def _key(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _read_tail(
    text: str, lines: list[_Line], title: str | None, found: _Findings
) -> tuple[int, tuple[int, int] | None, list[str]]:
    """Take stamp and title off the end of the text; return where the story ends, the title and the stamps."""
    stamps: list[str] = []
    span: tuple[int, int] | None = None
    end = len(text)
    for line in reversed(lines[1:][-_HEAD_LINES:]):
        if line.start <= found.start:
            break
        if is_stamp(line.words):
            stamps.append(line.words)
        elif span is None and found.title is None and _is_tail_title(text, line, title, stamped=bool(stamps)):
            span = (line.start, line.end)
        else:
            break
        end = line.start - 1
    return end, span, stamps


def _is_tail_title(text: str, line: _Line, title: str | None, *, stamped: bool) -> bool:
    if title is not None:
        return _match_title(text, line, title) is not None and _key(line.words) == _key(title)
    words = len(line.words.split())
    return stamped and words >= _MIN_TITLE_WORDS and line.words[0].isupper() and _is_title_like(line.words)
