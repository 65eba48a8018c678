"""The day of each event: which time of the story is its, how certain that is, and when there is none."""

from __future__ import annotations

import datetime as dt

import pytest

from tasks.nlp.pipeline import read_articles
from tasks.nlp.records import Article, EventMention, Reading

PUBLISHED = dt.date(2018, 5, 31)
"""A Thursday."""


def events(text: str) -> list[EventMention]:
    """Return the event mentions of an article."""
    (reading,) = read_articles([Article("doc", text, None, PUBLISHED, None, None, None, 0, len(text))])
    assert isinstance(reading, Reading)
    return reading.events


def dated(text: str, trigger: str) -> EventMention:
    """Return the event mention with this trigger."""
    return next(event for event in events(text) if event.trigger == trigger)


def days(text: str, trigger: str) -> str | None:
    """Return the days of a trigger's event, as `05-28` or `05-28..05-30`."""
    occurred = dated(text, trigger).occurred
    if occurred is None:
        return None
    first, last = f"{occurred.first:%m-%d}", f"{occurred.last:%m-%d}"
    return first if first == last else f"{first}..{last}"


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Militants attacked a convoy near Gao on Monday.", "attacked", "05-28"),
        ("On Monday, militants attacked a convoy near Gao.", "attacked", "05-28"),
        ("Three soldiers were killed and five others wounded on Monday in Gao.", "killed", "05-28"),
        ("A car bomb exploded in Kabul on Tuesday, killing four people.", "killing", "05-29"),
        ("Four people were killed in an explosion in Kabul on Tuesday.", "explosion", "05-29"),
        ("Police arrested two men over Tuesday's bombing in Kabul.", "bombing", "05-29"),
        ("The attack, which began on Tuesday, killed 12 people.", "attack", "05-29"),
        ("Protesters marched through Gaza City on Tuesday when soldiers shot two of them.", "shot", "05-29"),
        ("The rebels launched an attack on the town before dawn on Tuesday.", "attack", "05-29"),
        ("Rebels attacked the town between May 20 and May 22.", "attacked", "05-20..05-22"),
        ("Rebels shelled the town on Monday and Tuesday.", "shelled", "05-28..05-29"),
        ("Rebels have shelled the town since Sunday.", "shelled", "05-27..05-31"),
        ("Police said that militants attacked a convoy on Monday.", "attacked", "05-28"),
        ("At 2100 on Monday, militants attacked a convoy.", "attacked", "05-28"),
    ],
)
def test_a_sentence_dates_its_events(text: str, trigger: str, expected: str) -> None:
    """A time counts for what it hangs on, and for what happens at the same time as that."""
    assert days(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Militants attacked a convoy near Gao, the army said on Wednesday.", "attacked"),
        ("The president on Wednesday condemned the bombing of a hospital in Idlib.", "bombing"),
        ("Police on Wednesday arrested a man for the murder of a judge in Lima.", "murder"),
        ("A leader of gunmen who killed four tourists was arrested on Wednesday.", "killed"),
        ("Militants attacked the town before Monday.", "attacked"),
        ("The murdered priests were buried on Monday.", "murdered"),
    ],
)
def test_a_time_of_something_else_dates_nothing(text: str, trigger: str) -> None:
    """When something was said, condemned, punished or followed is not when it happened."""
    assert days(text, trigger) is None


def test_a_story_goes_on_with_its_day() -> None:
    """What follows in the simple past happened on the day that the story tells of, less certainly."""
    text = "Gunmen stormed a bank in Quetta on Monday. They fled in a van. A policeman was wounded by the robbers."
    first, later = dated(text, "stormed"), dated(text, "wounded")
    assert days(text, "wounded") == "05-28"
    assert first.date_certainty is not None
    assert later.date_certainty is not None
    assert later.date_certainty < first.date_certainty


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Gunmen stormed a bank in Quetta on Monday. Elsewhere, soldiers killed a farmer.", "killed"),
        ("Gunmen stormed a bank in Quetta on Monday. Soldiers had killed a farmer.", "killed"),
        ('Gunmen stormed a bank in Quetta on Monday. "Soldiers killed a farmer," he said.', "killed"),
        ("The ministry said on Monday that talks went on. Soldiers killed a farmer.", "killed"),
        ("The army left Quetta on March 2, 1971. Soldiers killed a farmer.", "killed"),
    ],
)
def test_a_story_that_turns_elsewhere_takes_no_day_along(text: str, trigger: str) -> None:
    """Another place, an earlier time, speech, the day of a statement and the distant past give no day."""
    assert days(text, trigger) is None


def test_certainty_is_told_where_days_are() -> None:
    """Days come with a certainty in 0..1, and none without days."""
    text = "Militants attacked a convoy on Monday. The army condemned the murder of a judge."
    for event in events(text):
        assert (event.occurred is None) == (event.date_certainty is None)
        assert event.date_certainty is None or 0 < event.date_certainty <= 1
