"""Labelled sentences: what one reported event looks like, and what only sounds like one.

Belongs here: how `sentences.jsonl` is read and what its labels mean. Does not belong here: how a pipeline is judged
by it.

Each line labels one event. A sentence with two events stands twice, with another trigger; other words of a sentence
that could count as events (what somebody is accused of, what a threat would do) are not labelled and must not be
judged. A sentence whose type is None holds no event at all. Actor and recipient are given without their article.
None means that the sentence does not say, so that a pipeline that says more is not judged there. `said_by` is who says
that it happened.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Count = tuple[int, int | None]
"""People, at least and at most; None where it is open-ended."""


@dataclass(frozen=True, slots=True)
class Gold:
    """The event that a sentence reports; words stand in it exactly once, `type` None means no event."""

    type: str | None
    mode: str | None
    trigger: str | None
    actor: str | None
    recipient: str | None
    modality: str | None
    place: str | None
    killed: Count | None
    wounded: Count | None
    date: tuple[dt.date, dt.date] | None
    said_by: str | None = None

    def words(self) -> list[str]:
        """Return all labelled words, trigger first."""
        return [words for words in (self.trigger, self.actor, self.recipient, self.place, self.said_by) if words]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, its day of publication and its label."""

    id: str
    text: str
    published_on: dt.date
    gold: Gold


def read_sentences(path: Path) -> list[Sentence]:
    """Read a JSONL file of `{"id", "text", "published_at", "gold"}`; KeyError or TypeError for other shapes."""
    return [_sentence(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _sentence(entry: dict[str, Any]) -> Sentence:
    day = dt.date.fromisoformat(entry["published_at"])
    return Sentence(entry["id"], entry["text"], day, _gold(entry["gold"]))


def _gold(entry: dict[str, Any]) -> Gold:
    days = tuple(map(dt.date.fromisoformat, entry["date"])) if entry["date"] else None
    counts = {role: tuple(entry[role]) if entry[role] else None for role in ("killed", "wounded")}
    return Gold(**entry | counts | {"date": days})
