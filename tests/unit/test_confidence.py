"""Confidence: what it is read off, and how its reliability is judged."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.nlp.pipeline import documents
from tasks.nlp.records import Article
from tasks.nlp.training.confidence import cross_validated, reliability
from tasks.nlp.training.gold_events import GoldArgument, GoldEvent, GoldStory, judged
from tasks.nlp.training.linear import Example

SURE = "Gunmen shot dead two soldiers in Maiduguri on Monday, police said."
VAGUE = "Observers spoke of pressure and of a certain support."


def _article(text: str) -> Article:
    return Article("a", text, None, dt.date(2024, 5, 15), None, None, None, 0, len(text))


def test_plain_reports_are_surer_than_vague_words() -> None:
    """A killing with actor, victims, place and day is surer than any event read into a vague sentence."""
    sure, vague = documents([_article(SURE), _article(VAGUE)])
    best = max(draft.confidence for draft in sure._.events)
    assert best > 0.7
    assert all(draft.confidence < best - 0.2 for draft in vague._.events)


def _parties(*spans: tuple[int, int]) -> tuple[GoldArgument, ...]:
    return tuple(GoldArgument(role, span) for role, span in zip(("actor", "recipient"), spans, strict=False))


def test_labels_judge_only_what_they_speak_of() -> None:
    """A mention is right or wrong at a labelled trigger or between labelled parties, and else unknown."""
    (doc,) = documents([_article(SURE)])
    draft = next(d for d in doc._.events if d.candidate.token.lower_ == "shot")
    at, gunmen, soldiers = SURE.index("shot"), (0, 6), (SURE.index("two"), SURE.index(" in Mai"))

    def judge(event: GoldEvent, *, complete: bool = False) -> bool | None:
        return judged(GoldStory(_article(SURE), (event,), complete), draft)

    assault, aid = frozenset({"ASSAULT"}), frozenset({"AID"})
    assert judge(GoldEvent(assault, (at, at + 4), ())) is True
    assert judge(GoldEvent(aid, (at, at + 4), ())) is False
    assert judge(GoldEvent(None, (at, at + 4), ())) is None
    assert judge(GoldEvent(assault, None, _parties(gunmen, soldiers))) is True
    assert judge(GoldEvent(aid, None, _parties(gunmen, soldiers))) is False
    assert judge(GoldEvent(aid, None, _parties(gunmen))) is None
    assert judge(GoldEvent(aid, (len(SURE) - 5, len(SURE) - 1), ()), complete=True) is False


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200))
def test_reliability_counts_every_mention_once(pairs: list[tuple[float, bool]]) -> None:
    """The bins hold all mentions, and the error lies between 0 and 1."""
    bins, error = reliability(pairs)
    assert sum(row.count for row in bins) == len(pairs)
    assert -1e-9 <= error <= 1 + 1e-9


def test_a_perfect_and_a_hopeless_forecast() -> None:
    """What is always right when certain has no error; what is always wrong when certain has all of it."""
    assert reliability([(1.0, True), (0.0, False)])[1] == pytest.approx(0.0)
    assert reliability([(1.0, False), (0.0, True)])[1] == pytest.approx(1.0)


def test_cross_validation_finds_what_is_there() -> None:
    """Where a feature tells right from wrong, mentions are told apart by weights that never saw them."""
    right = Example(("any", "good"), frozenset({"right"}))
    wrong = Example(("any", "bad"), frozenset({"wrong"}))
    pairs = cross_validated([[right, wrong]] * 100)
    assert len(pairs) == 200
    assert min(c for c, ok in pairs if ok) > 0.8
    assert max(c for c, ok in pairs if not ok) < 0.2
