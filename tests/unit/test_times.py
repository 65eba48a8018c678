"""Time expressions: what is found, what it means against the day of publication, and what is left alone."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.nlp.times import find_times

PUBLISHED = dt.date(2018, 5, 31)
"""A Thursday."""


def values(text: str, published: dt.date | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """Return surface and value of each expression."""
    return [(mention.surface, mention.value) for mention in find_times(text, published)]


def days(text: str, published: dt.date | None = PUBLISHED) -> tuple[str, str, str] | None:
    """Return first day, last day and precision of the only expression."""
    (mention,) = find_times(text, published)
    return (
        None
        if mention.days is None
        else (mention.days.first.isoformat(), mention.days.last.isoformat(), mention.days.precision)
    )


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("It began on 2018-05-30.", "2018-05-30", "2018-05-30"),
        ("at 2018-05-30T15:20:00Z", "2018-05-30T15:20:00Z", "2018-05-30T15:20"),
        ("on 30 May 2018", "30 May 2018", "2018-05-30"),
        ("on May 30, 2018,", "May 30, 2018", "2018-05-30"),
        ("on 5/30/2018", "5/30/2018", "2018-05-30"),
        ("08-30-96", "08-30-96", "1996-08-30"),
        ("4 FEB 90", "4 FEB 90", "1990-02-04"),
        ("on the fifth of November 2015", "the fifth of November 2015", "2015-11-05"),
        ("on May 24 they met", "May 24", "2018-05-24"),
        ("They met on Dec. 28.", "Dec. 28", "2017-12-28"),
        ("They will meet on Sept. 3.", "Sept. 3", "2018-09-03"),
        ("on Friday, 25 May", "Friday, 25 May", "2018-05-25"),
        ("in February 2016", "February 2016", "2016-02"),
        ("in late February he said", "late February", "2018-02"),
        ("last August", "last August", "2017-08"),
        ("in January this year", "January this year", "2018-01"),
        ("in the summer of 2014", "the summer of 2014", "2014-SU"),
        ("in the third quarter of 2016", "the third quarter of 2016", "2016-Q3"),
        ("in the first half of 2017", "the first half of 2017", "2017-H1"),
        ("Q1 2018 sales", "Q1 2018", "2018-Q1"),
        ("in 2016", "2016", "2016"),
        ("nineteen ninety-six", "nineteen ninety-six", "1996"),
        ("in the early 1990s", "the early 1990s", "199"),
        ("in the '80s", "the '80s", "198"),
        ("in the 20th century", "the 20th century", "19"),
        ("The minister said Wednesday.", "Wednesday", "2018-05-30"),
        ("On Thursday, shells fell.", "Thursday", "2018-05-31"),
        ("They will vote on Sunday.", "Sunday", "2018-06-03"),
        ("next Monday", "next Monday", "2018-06-04"),
        ("this coming Sunday", "this coming Sunday", "2018-06-03"),
        ("last Friday", "last Friday", "2018-05-25"),
        ("late on Monday night", "Monday night", "2018-05-28TNI"),
        ("yesterday morning", "yesterday morning", "2018-05-30TMO"),
        ("tomorrow", "tomorrow", "2018-06-01"),
        ("last night", "last night", "2018-05-30TNI"),
        ("at 7:58 AM", "7:58 AM", "2018-05-31T07:58"),
        ("at 3 p.m. on Tuesday", "3 p.m. on Tuesday", "2018-05-29T15:00"),
        ("at noon Saturday", "noon Saturday", "2018-05-26T12:00"),
        ("0930 GMT", "0930 GMT", "2018-05-31T09:30"),
        ("strikes overnight Friday", "overnight Friday", "2018-05-25TNI"),
        ("this week", "this week", "2018-W22"),
        ("last month", "last month", "2018-04"),
        ("at the weekend", "the weekend", "2018-W21-WE"),
        ("earlier this month", "earlier this month", "2018-05"),
        ("the week before last", "the week before last", "2018-W20"),
        ("two days ago", "two days ago", "2018-05-29"),
        ("nearly four years ago", "nearly four years ago", "2014"),
        ("in the past two weeks", "the past two weeks", "P2W"),
        ("for more than three days", "more than three days", "P3D"),
        ("a two-year truce", "two-year", "P2Y"),
        ("a year and a half", "a year and a half", "P1Y6M"),
        ("after months of talks", "months", "PXM"),
        ("for several hours", "several hours", "PTXH"),
        ("every day", "every day", "P1D"),
        ("each July", "each July", "XXXX-07"),
        ("on Mondays", "Mondays", "XXXX-WXX-1"),
        ("they now hold it", "now", "PRESENT_REF"),
        ("he recently left", "recently", "PAST_REF"),
        ("in the future", "the future", "FUTURE_REF"),
        ("on Christmas Day", "Christmas Day", "2017-12-25"),
        ("on Easter Sunday 2018", "Easter Sunday 2018", "2018-04-01"),
        ("on Thanksgiving 2018", "Thanksgiving 2018", "2018-11-22"),
        ("since 9/11", "9/11", "2001-09-11"),
        ("on Labor Day 2015", "Labor Day 2015", "2015-09-07"),
        ("on Orthodox Easter 2016", "Orthodox Easter 2016", "2016-05-01"),
        ("before Passover 2019", "Passover 2019", "2019-04-20"),
        ("on Yom Kippur 2017", "Yom Kippur 2017", "2017-09-30"),
        ("a May Day march", "May Day", "2018-05-01"),
        ("on Ash Wednesday", "Ash Wednesday", "2018-02-14"),
        ("on New Year\u2019s Eve", "New Year\u2019s Eve", "2017-12-31"),
        ("on 27 March at 2100, units attacked", "27 March at 2100", "2018-03-27T21:00"),
        ("it exploded at approximately 0615, killing two", "approximately 0615", "2018-05-31T06:15"),
        ("SAN JOSE, 4 Feb 90 (Wire)", "4 Feb 90", "1990-02-04"),
        ("in the early hours of Sunday", "the early hours of Sunday", "2018-05-27TMO"),
        ("in the wee hours of Sunday morning", "the wee hours of Sunday morning", "2018-05-27TMO"),
        ("this past weekend", "this past weekend", "2018-W21-WE"),
        ("in the third week of May", "the third week of May", "2018-W20"),
        ("for the week of May 14", "the week of May 14", "2018-W20"),
        ("in the month of March", "the month of March", "2018-03"),
        ("twice a week", "twice a week", "P1W"),
        ("three times a year", "three times a year", "P1Y"),
        ("a week before the vote", "a week", "P1W"),
        ("in the near future", "the near future", "FUTURE_REF"),
        ("in the past few hours", "the past few hours", "PTXH"),
        ("since the Sept. 11 attacks", "Sept. 11", "2001-09-11"),
    ],
)
def test_an_expression_has_its_span_and_value(text: str, surface: str, value: str) -> None:
    """Each kind of expression is found whole and resolved against publication."""
    assert values(text) == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in late February", ("2018-02-15", "2018-02-28", "month")),
        ("in February", ("2018-02-01", "2018-02-28", "month")),
        ("earlier this month", ("2018-05-01", "2018-05-31", "month")),
        ("later this year", ("2018-05-31", "2018-12-31", "year")),
        ("last week", ("2018-05-21", "2018-05-27", "week")),
        ("in the past two weeks", ("2018-05-17", "2018-05-31", "week")),
        ("over the next three days", ("2018-05-31", "2018-06-03", "day")),
        ("last winter", ("2017-12-01", "2018-02-28", "quarter")),
        ("in the 1990s", ("1990-01-01", "1999-12-31", "decade")),
        ("on May 24-26", ("2018-05-24", "2018-05-26", "day")),
        ("on 24-26 May", ("2018-05-24", "2018-05-26", "day")),
        ("between 24 and 26 May", ("2018-05-24", "2018-05-26", "day")),
        ("in the past few hours", ("2018-05-30", "2018-05-31", "day")),
        ("in the last 24 hours", ("2018-05-30", "2018-05-31", "day")),
        ("at 1990 prices", ("1990-01-01", "1990-12-31", "year")),
        ("in the 20th century", None),
        ("for three days", None),
        ("recently", None),
    ],
)
def test_days_are_those_that_the_words_may_mean(text: str, expected: tuple[str, str, str] | None) -> None:
    """Days are a closed interval of the stated precision, or None where the words fix none."""
    assert days(text) == expected


def test_ramadan_is_a_month_of_days() -> None:
    """Ramadan 2018 began in the middle of May, give or take a day for the sighting of the moon."""
    (mention,) = find_times("during Ramadan 2018", PUBLISHED)
    assert mention.days is not None
    assert abs((mention.days.first - dt.date(2018, 5, 16)).days) <= 1
    assert (mention.days.last - mention.days.first).days in {28, 29}


def test_earlier_and_later_count_from_the_day_last_named() -> None:
    """`Two days earlier` counts from the narrative, `two days ago` from publication."""
    text = "On May 20 they were seen. Two days earlier a bridge fell. The next day they left. Two days ago they met."
    assert [value for _, value in values(text)] == ["2018-05-20", "2018-05-18", "2018-05-19", "2018-05-29"]


def test_a_part_of_a_day_falls_on_the_day_last_named() -> None:
    """A predawn attack in a story about Wednesday happened on Wednesday."""
    assert values("On Wednesday a bomb exploded. A predawn attack followed.")[1] == ("predawn", "2018-05-30TMO")


def test_without_publication_only_full_dates_resolve() -> None:
    """Relative expressions are found and have neither value nor days; references keep theirs."""
    text = "On Monday, last week and May 30 are open, 30 May 2018, 2016 and now are not."
    expected = [
        ("Monday", None),
        ("last week", None),
        ("May 30", None),
        ("30 May 2018", "2018-05-30"),
        ("2016", "2016"),
    ]
    assert values(text, None) == [*expected, ("now", "PRESENT_REF")]
    assert all(mention.days is None for mention in find_times("yesterday, two days ago, the past week, at noon", None))


@pytest.mark.parametrize("text", ["31 February 2018", "Feb. 30", "29 February 2019", "13/13/2013", "2018-13-45"])
def test_a_date_that_does_not_exist_has_no_value(text: str) -> None:
    """No invalid date is ever stored, and none is made valid."""
    assert values(text) == [(text, None)]


def test_the_leap_day_of_another_year_is_found() -> None:
    """29 February without a year is that of the leap year nearby."""
    assert values("It began on Feb. 29.", dt.date(2016, 3, 2)) == [("Feb. 29", "2016-02-29")]


@pytest.mark.parametrize(
    "text",
    [
        "1990 people fled",
        "2000 soldiers and 2,016 men",
        "he paid $2000",
        "Resolution 1973",
        "1600 Pennsylvania Avenue",
        "more than 2000 rebels",
        "They may march and second the motion.",
        "May I ask? Theresa May and April Jones did.",
        "as the Sunday Times wrote of Black Friday",
        "the fall of the government, when prices fall and spring back",
        "a 30-year-old man, a 12 year-old boy, 40 years old, in his 80s",
        "at Mar-a-Lago, USA TODAY and the Daily Mail",
        "three quarters of the voters",
        "hundreds of people, 7:2, 50 kilometers, 12%",
        "the second attack, the last man, no decent way",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    """Quantities, names, verbs and ages are no time expressions."""
    assert values(text) == []


def test_a_month_before_a_count_keeps_its_month() -> None:
    """In `In May 30 people were killed` thirty are the people."""
    assert values("In May 30 people were killed.") == [("May", "2018-05")]


def test_expressions_do_not_cross_paragraphs() -> None:
    """A line feed ends an expression."""
    assert values("It ended in May\n2016 was worse.") == [("May", "2018-05"), ("2016", "2016")]


_WORDS = (
    "May 30 , 2018 last next Monday the first two days ago in half of quarter 99999999999 year-ago 31 February ' - 0 a "
    "31/12/99 9999 12:99 25 p.m. noon \n decade century earlier '90s week and every few Ramadan Sept. 11 few 1000 later"
)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(_WORDS.split(" ")), max_size=40).map(" ".join) | st.text(max_size=200),
    st.none() | st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)),
)
def test_any_text_gives_ordered_disjoint_exact_spans(text: str, published: dt.date | None) -> None:
    """Whatever the text and the day, nothing raises, spans quote the text, and days run forwards."""
    mentions = find_times(text, published)
    assert mentions == find_times(text, published)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.surface
        assert mention.days is None or mention.days.first <= mention.days.last
        assert mention.value is not None or mention.days is None
        end = mention.end


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "one ",
        "9-",
        "the early ",
        "a ",
        "May ",
        "1 2 ",
        "' ",
        "12:",
        "last ",
        "\u00e9",
        "two hundred and ",
        "a.m.",
        ",",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    """200 kB of anything is read in about a second."""
    text = unit * (200_000 // len(unit))
    started = time.process_time()
    find_times(text, PUBLISHED)
    assert time.process_time() - started < 3
