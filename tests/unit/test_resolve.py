"""Near-identical articles and the ids of events."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tasks.clean import signature
from tasks.resolve.duplicates import Duplicate, Signed, find_duplicates
from tasks.resolve.keys import EventFacts, event_ids

DAY = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
WORDS = [f"word{i}" for i in range(4000)]


def story(seed: int, words: int = 300) -> list[str]:
    """Return a text of random words."""
    return random.Random(seed).choices(WORDS, k=words)  # noqa: S311


def signed(name: str, words: list[str], hours: int | None = 0) -> Signed:
    """Return an article published some hours after DAY, or without a date."""
    return Signed(name, None if hours is None else DAY + dt.timedelta(hours=hours), signature(" ".join(words)))


def test_wire_copy_points_to_the_earliest() -> None:
    """A copy with a few changed words repeats the article that was published first, whatever their ids."""
    text = story(1)
    copy = [*text[:150], "changed", "words", *text[150:]]
    found = find_duplicates([signed("a", copy, 2), signed("b", text, 1), signed("c", story(2), 0)])
    assert [(d.document_id, d.duplicate_of) for d in found] == [("a", "b")]


def test_undated_articles_come_last() -> None:
    """An article without a date never is the original of one with a date."""
    found = find_duplicates([signed("a", story(1), None), signed("b", story(1), 5)])
    assert found == [Duplicate("a", "b", 1.0)]


def test_update_of_half_the_story_is_no_duplicate() -> None:
    """An article that shares half its words tells something new."""
    text = story(1)
    assert not find_duplicates([signed("a", text), signed("b", [*text[:150], *story(3, 150)], 1)])


@given(st.permutations(list(range(9))))
def test_order_of_the_input_plays_no_part(order: list[int]) -> None:
    """Three stories with two copies each give the same pairs in any order."""
    articles = [signed(f"{i}", [*story(i % 3), *["x"] * (i // 3)], i) for i in range(9)]
    expected = find_duplicates(articles)
    assert len(expected) == 6
    assert find_duplicates([articles[i] for i in order]) == expected


FACTS = EventFacts("doc_1", 10, "ASSAULT", "past", DAY.date(), "place:gn:1", "city", frozenset({"actor:a"}))


def test_same_act_in_two_articles_is_one_event() -> None:
    """Type, day and town make an act the same event, whoever tells it and whoever is named."""
    other = replace(FACTS, document_id="doc_2", trigger_start=99, parties=frozenset())
    assert event_ids([FACTS]) == event_ids([other])


def test_two_acts_of_one_article_stay_two() -> None:
    """Two bombings in one town on one day have two ids, and the first keeps the shared one."""
    first, second = event_ids([FACTS, replace(FACTS, trigger_start=50)])
    assert first != second
    assert [first] == event_ids([FACTS])


def test_what_is_not_known_well_enough_stays_with_its_article() -> None:
    """An act without a day or town, or words without two parties, is never merged with another article's."""
    for vague in (
        replace(FACTS, day=None),
        replace(FACTS, place_kind="country"),
        replace(FACTS, event_type="CONSULT"),
    ):
        assert event_ids([vague]) != event_ids([replace(vague, document_id="doc_2")])


def test_plan_and_deed_are_two() -> None:
    """A planned protest is not the protest that took place."""
    assert event_ids([FACTS]) != event_ids([replace(FACTS, standing="open")])
