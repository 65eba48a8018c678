"""`dateline explain` shows the words behind a row, as an analyst asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.explain import find_mentions, marked
from flows.query import open_tables

if TYPE_CHECKING:
    from pathlib import Path


def _explain(warehouse: Path, identifier: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["explain", identifier, "--warehouse", str(warehouse)])
    return result.exit_code, result.output


def test_an_event_is_explained_by_all_its_mentions(samples_warehouse: Path) -> None:
    """Each mention shows its sentence with marks, what was decided, and which lexicon entry says so."""
    ((event_id, mentions),) = (
        open_tables(str(samples_warehouse), None)
        .execute("SELECT event_id, mention_count FROM events WHERE killed_min = 27")
        .fetchall()
    )
    code, shown = _explain(samples_warehouse, event_id)
    assert code == 0
    assert shown.count("event mention evm_") == mentions
    assert "{trigger: killed}" in shown
    assert "{killed, recipient: 27 al-Shabab" in shown
    assert "Beledweyne" in shown
    assert "triggers.tsv: kill/VERB:" in shown


def test_marks_leave_the_sentence_as_it_is(samples_warehouse: Path) -> None:
    """Without its marks, each explained sentence is the article's, character by character."""
    connection = open_tables(str(samples_warehouse), None)
    ids = [row[0] for row in connection.execute("SELECT event_mention_id FROM event_mentions").fetchall()]
    assert len(ids) > 100
    for identifier in ids:
        (explained,) = find_mentions(connection, identifier)
        text = marked(explained)
        marks = {span.start: span.end for span in text.spans if span.style == "dim"}
        plain, position = "", 0
        while position < len(text.plain):
            if position in marks:
                position = marks[position]
                continue
            plain += text.plain[position]
            position += 1
        assert plain == explained.sentence


@pytest.mark.parametrize("identifier", ["nope", "", "'; DROP TABLE events"])
def test_an_unknown_id_is_told_in_one_line(samples_warehouse: Path, identifier: str) -> None:
    """The message says what was expected and what came."""
    code, shown = _explain(samples_warehouse, identifier)
    assert code == 1
    assert "expected an event_id or event_mention_id" in shown
