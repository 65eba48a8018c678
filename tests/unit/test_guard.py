"""The guard: what takes too much is ended, and everything else goes on."""

from __future__ import annotations

import time

import pytest

from schemas.vocabulary import REJECTION_REASONS
from tasks.clean import clean_rows
from tasks.fetch import raw_row
from tasks.guard import Bounds, Ended, Guard
from tasks.rows import table_of
from tasks.sources.records import RawRecord

_BOUNDS = Bounds(seconds=1, memory=1_000_000_000)


def test_what_takes_too_much_is_ended_and_the_next_call_answers() -> None:
    """Time, memory and crashes of one call are told, and cost no other call."""
    guard = Guard("tests.unit.guarded", "answer", _BOUNDS)
    asked = ("well", "spin", "well", "die", "raise", "hog", "well")
    answers = [guard.call(kind) for kind in asked]
    slow, died, raised = answers[1], answers[3], answers[4]
    assert isinstance(slow, Ended)
    assert slow.slow
    assert isinstance(died, Ended)
    assert (died.slow, died.how) == (False, "the process that read it ended with code 3")
    assert isinstance(raised, Ended)
    assert [answers[index] for index in (0, 2, 5, 6)] == ["well", "well", "no memory", "well"]


def test_a_process_that_cannot_start_is_nobodys_rejection() -> None:
    """What is wrong with the installation stops the run, where it would else reject every record."""
    with pytest.raises(RuntimeError, match="ended with code 1 before it began"):
        Guard("tests.unit.no_such_module", "answer", _BOUNDS).call("well")


def test_code_that_no_exception_interrupts_is_ended() -> None:
    """The parser takes minutes over 100,000 attributes, in C: its process is ended."""
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    content = f"<a {attributes}>x</a>".encode()
    guard = Guard("tasks.text.article", "read_article", Bounds(seconds=2, memory=1_000_000_000))
    start = time.monotonic()
    ended = guard.call(RawRecord("files", "r", "text/html", "r", len(content), content))
    assert isinstance(ended, Ended)
    assert ended.slow
    assert time.monotonic() - start < 30


def test_a_hostile_page_costs_its_shard_nothing() -> None:
    """Each record of a chunk is a document or a rejection with its reason, whatever stands between them."""
    story = (
        b"<p>Gunmen killed two police officers near the border late on Sunday, the governor of the province said.</p>"
    )
    pages = [story, b"<b>" * 50_000 + story, b"<a " + b"<" * 1_000_000, story + b"<p>He named nobody.</p>"]
    records = [RawRecord("files", str(i), "text/html", str(i), len(p), p) for i, p in enumerate(pages)]
    tables = clean_rows(table_of("raw_documents", [raw_row(record, 1) for record in records]))
    assert set(tables["documents"]["record_id"].to_pylist()) == {"0", "3"}
    assert set(tables["rejections"]["reason"].to_pylist()) <= set(REJECTION_REASONS)
    assert set(tables["rejections"]["record_id"].to_pylist()) == {"1", "2"}
