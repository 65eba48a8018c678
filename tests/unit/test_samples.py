"""The sample articles are what their README says they are."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

import seeds

SAMPLES = Path(seeds.__file__).parent / "samples"

ENCODINGS = {
    "abidjan-state-visit.html": ("cp1252", "Côte d\u2019Ivoire"),
    "adre-aid.txt": ("latin-1", "Abéché"),
    "cotabato-agreement.txt": ("utf-16", "“The guns"),
    "serbia-protests.html": ("iso-8859-2", "Čačak"),
}
"""Samples in an encoding other than UTF-8, with words that show it."""

STAMP = re.compile(r"^(?:Updated|Published) (\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})$", re.MULTILINE)


def sample_text(name: str) -> str:
    """Return the content of a sample file as text."""
    encoding, _ = ENCODINGS.get(name, ("utf-8", ""))
    return (SAMPLES / name).read_bytes().decode(encoding)


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the word 5-grams of a text."""
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[i:] for i in range(5)), strict=False))


def similarity(one: str, other: str) -> float:
    """Return the Jaccard similarity of the word 5-grams of two samples."""
    a, b = shingles(sample_text(one)), shingles(sample_text(other))
    return len(a & b) / len(a | b)


def test_every_sample_is_explained() -> None:
    """The README lists each file once, and no other."""
    listed = re.findall(r"^\| `([^`]+)`", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in SAMPLES.iterdir() if path.name != "README.md")


@pytest.mark.parametrize("name", sorted(ENCODINGS))
def test_odd_encodings_survive(name: str) -> None:
    """The bytes are in the encoding that the README names, and are not valid UTF-8."""
    encoding, words = ENCODINGS[name]
    content = (SAMPLES / name).read_bytes()
    assert words in content.decode(encoding)
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_a_stamp_is_a_day_of_the_years_told(name: str) -> None:
    """A text has at most one stamp, and it is a real day between 2023 and 2025."""
    stamps = STAMP.findall(sample_text(name))
    days = [dt.datetime.strptime(s, "%B %d, %Y" if "," in s else "%d %B %Y").replace(tzinfo=dt.UTC) for s in stamps]
    assert len(days) <= 1
    assert all(2023 <= day.year <= 2025 for day in days)


def test_the_feed_has_one_broken_line_of_three() -> None:
    """Two records can be read, the one between them cannot."""
    first, broken, third = sample_text("agency-feed.jsonl").splitlines()
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken)
    assert (
        {"id", "source", "url", "published_at", "title", "text"} == json.loads(first).keys() == json.loads(third).keys()
    )


def test_only_the_wire_copy_repeats_another_sample() -> None:
    """The wire copy shares nearly all 5-grams with its original; the market attack is told anew in the feed."""
    assert similarity("uvira-deployment.txt", "uvira-deployment-wire-copy.txt") > 0.8
    assert similarity("quetta-market-attack.txt", "agency-feed.jsonl") < 0.1
