"""Bad and odd articles: no crash, every surface in its place, and time that grows with the length only."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.nlp.components import COMPONENTS
from tasks.nlp.pipeline import load_pipeline, read_articles, with_case
from tasks.nlp.records import Article, Reading
from tasks.sources.records import RawRecord
from tasks.text.article import CleanArticle, read_article

if TYPE_CHECKING:
    from collections.abc import Callable

STORY = (
    "Gunmen killed two police officers near Kabul on Monday, General Ahmad Karimi said.\n"
    "Karimi blamed the Taliban. Officials of the United Nations in Geneva condemned the attack on 28 May."
)
CAPITALS = STORY.upper()
SMALL = STORY.lower()
ODD_TEXTS = {
    "no capitals": SMALL,
    "all capitals": CAPITALS,
    "headline in capitals": f"TWO OFFICERS KILLED NEAR KABUL\n{STORY}",
    "first paragraph in capitals": CAPITALS.split("\n")[0] + "\n" + STORY.split("\n")[1],
    "alternating": "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(STORY)),
    "UTF-8 read as Latin-1": "The president of Côte d'Ivoire said “no” to Tomáš Řehoř.".encode().decode("latin-1"),
    "replacement characters": STORY.replace("a", "\ufffd"),
    "mixed scripts": "Президент Украины and 国家主席 met الرئيس in Київ on Monday, K\u0430bul said. \u0391thens too.",
    "zero width": STORY.replace("a", "a\u200b").replace("o", "\u200do"),
    "bidirectional": f"\u202e{STORY}\u202c \u2067Kabul\u2069 \u200fsaid\u200e.",
    "decomposed accents": "Jose\u0301 Mari\u0301a Pe\u0301rez met Angela Mu\u0308ller in Sa\u0303o Paulo.",
    "decomposed capitals": "JOSE\u0301 MARI\u0301A PE\u0301REZ MET ANGELA MU\u0308LLER IN SA\u0303O PAULO.",
    "soft hyphens": STORY.replace("men", "\u00admen\u00ad").replace("Kab", "Kab\u00ad"),
    "punctuation": "...!?--,,;;((([[[''\"\"" * 40,
    "digits": "1 22 333 4,444 5.5 66% 7/8 99-0 " * 40,
    "results": "Arsenal 2 Chelsea 1\nLakers 101 - Bulls 99\n1. Usain Bolt (JAM) 9.58\n2. Tyson Gay (USA) 9.71\n" * 20,
    "one letter": "a",
    "one line feed": "\n",
    "line feeds": "\n\n\n \n\t\n",
    "empty": "",
    "spaces": " \u00a0\u2003 ",
    "emoji": "🚀🚀 Kabul 🇦🇫 police 👮‍♂️ killed 🤷🏽‍♀️ two rebels",
    "controls": "Kabul\x00 police\x07 killed\x1b[31m two rebels\x7f",
    "astral": "\U0001d40a\U0001d41a\U0001d41b\U0001d42e\U0001d425 police killed two rebels near \U0001d57e\U0001d586",
    "brackets": "(" * 500 + "Kabul" + ")" * 500,
}


def _article(text: str, title: str | None = None) -> Article:
    return Article("d", text, title, dt.date(2018, 5, 30), None, None, None, 0, len(text))


def _read(text: str) -> Reading:
    """Read one text; its surfaces are checked."""
    (result,) = read_articles([_article(text)])
    assert isinstance(result, Reading), result
    _check_surfaces(text, result)
    return result


def _check_surfaces(text: str, result: Reading) -> None:
    """Hold every offset of a reading to the text as it came."""
    spans = [(m.start, m.end, m.surface) for m in result.mentions]
    spans += [(t.start, t.end, t.surface) for t in result.times]
    spans += [(e.trigger_start, e.trigger_end, e.trigger) for e in result.events]
    spans += [(a.start, a.end, a.surface) for e in result.events for a in e.arguments]
    assert all(0 <= start < end <= len(text) and text[start:end] == surface for start, end, surface in spans)
    assert all(0 <= e.sentence_start <= e.trigger_start < e.sentence_end <= len(text) for e in result.events)


def _names(result: Reading, entity_type: str) -> set[str]:
    return {m.surface for m in result.mentions if m.entity_type == entity_type and m.mention_kind == "name"}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_reads_anything(text: str) -> None:
    """Whatever the text is, it is read, and its surfaces stand where the offsets say."""
    _read(text)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_reads_any_characters(text: str) -> None:
    """Random characters cost no article."""
    _read(text)


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_case_costs_no_names_and_no_events(change: Callable[[str], str]) -> None:
    """Text in capitals, and text without any, tells the same people, places and events as normal text."""
    usual, odd = _read(STORY), _read(change(STORY))
    for entity_type in ("person", "place", "organization"):
        assert _names(odd, entity_type) == {change(name) for name in _names(usual, entity_type)}
    assert [(e.event_type, e.trigger) for e in odd.events] == [(e.event_type, change(e.trigger)) for e in usual.events]
    assert [e.entity_id for e in odd.entities] == [e.entity_id for e in usual.entities]


PEOPLE = (
    "Sean O'Neill",
    "Sean O\u2019Neill",
    "Abdoulaye M'Bala",
    "Abd al-Rahman bin Faisal al-Saud",
    "Aleksandr Solzhenitsyn",
    "Jan van der Berg",
    "Carmen de la Torre",
    "Luiz Inácio da Silva",
    "Jean-Luc Martin-Garcia",
    "Kim Jong-un",
    "J. K. Morrison",
    "George W. Sanders",
    "Zoran Đinđić",
    "Recep Tayyip Erdoğan",
)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("change", [str, str.upper, str.lower])
def test_whole_names_with_particles(name: str, change: Callable[[str], str]) -> None:
    """Names with apostrophes, particles, hyphens, initials and accents are one person each, whatever their case."""
    text = f"Defence Minister {name} met rebel leaders in Geneva on Monday. Police said the talks failed."
    assert change(name) in _names(_read(change(text)), "person")


@pytest.mark.parametrize("place", ["Sana'a", "Sana\u2019a", "N'Djamena", "Port-au-Prince", "Rio de Janeiro"])
@pytest.mark.parametrize("change", [str, str.upper, str.lower])
def test_whole_places_with_marks(place: str, change: Callable[[str], str]) -> None:
    """Places with apostrophes, hyphens and particles are found whole and on the map, whatever their case."""
    result = _read(change(f"Rebels attacked the airport in {place} on Monday, and two soldiers were killed."))
    found = [m for m in result.mentions if m.surface == change(place)]
    located = {e.entity_id for e in result.entities if e.latitude is not None}
    assert [m.entity_type for m in found] == ["place"]
    assert found[0].entity_id in located


@pytest.mark.parametrize("title", ["", " ", None, "?"])
def test_empty_titles(title: str | None) -> None:
    """A title of nothing is no reason to lose an article."""
    (result,) = read_articles([_article(STORY, title)])
    assert isinstance(result, Reading)
    assert result.events


@pytest.mark.parametrize("name", ["all capitals", "no capitals", "zero width", "soft hyphens", "decomposed accents"])
def test_odd_articles_pass_the_clean_stage(name: str) -> None:
    """What the clean stage makes of odd text is read with offsets into the cleaned text."""
    content = (ODD_TEXTS[name] + f"\n{STORY}").encode()
    article = read_article(RawRecord("files", "r", "text/plain", "r", len(content), content))
    assert isinstance(article, CleanArticle)
    assert "Kabul" in article.text
    assert _read(article.text).events


def test_a_line_without_end() -> None:
    """One line of 200,000 characters is read."""
    sentence = "Rebels in the north attacked an army post near Mosul on Monday, officials in Baghdad said. "
    text = (sentence * 2400)[:200_000]
    assert len(_read(text).mentions) > 4_000


_TRIES = 3
"""Measurements, of which one must hold: what else the machine does only ever adds time."""


def _syllables(number: int) -> str:
    """Return a made-up name that no other number has."""
    parts = ("ka", "mo", "ta", "ri", "zu", "be", "lo", "shi", "ga", "no")
    return "".join(parts[int(digit)] for digit in f"{number:05}").capitalize()


def _different(count: int) -> str:
    lines = (
        f"Police in {_syllables(i)} arrested Ahmed {_syllables(i + 1)}, Maria {_syllables(i + 2)} of Lima said."
        for i in range(0, count, 4)
    )
    return "\n".join(lines)


def _repeated(count: int) -> str:
    return "\n".join(["Police in Kabul arrested Ahmed Karimi, he said; John Smith of Lima agreed."] * (count // 4))


def _listed(count: int) -> str:
    return "Those killed were " + ", ".join(f"Ahmed {_syllables(i)}" for i in range(count)) + "."


def _namesakes(count: int) -> str:
    lines = (
        f"President {_syllables(i)} Khan met President John Khan, and the president left. Khan said so."
        for i in range(0, count, 4)
    )
    return "\n".join(lines)


def _shouted(count: int) -> str:
    return _different(count).upper()


def _seconds(text: str) -> tuple[float, int]:
    """Return the processor time that our components take on a text, and the number of mentions in it."""
    nlp = load_pipeline()
    start = time.process_time()
    restored = with_case(text)
    spent = time.process_time() - start
    doc = nlp.make_doc(restored)
    doc._.article = _article(text)
    ours = {component.__name__ for component in COMPONENTS} | {"paragraphs", "lemmas"}
    for name, component in nlp.pipeline:
        start = time.process_time()
        doc = component(doc)
        spent += time.process_time() - start if name in ours else 0.0
    return spent, len(doc._.mentions.mentions)


@pytest.mark.parametrize(
    ("make", "count"), [(_different, 2_500), (_repeated, 600), (_listed, 600), (_namesakes, 600), (_shouted, 600)]
)
def test_time_grows_with_the_length_only(make: Callable[[int], str], count: int) -> None:
    """Four times the mentions, up to ten thousand, take about four times as long; in square time it were sixteen."""
    _seconds(make(200))
    assert any(_in_linear_time(make, count) for _ in range(_TRIES))


def _in_linear_time(make: Callable[[int], str], count: int) -> bool:
    once, few = _seconds(make(count))
    four_times, many = _seconds(make(4 * count))
    assert few > 0.5 * count
    assert many > 3 * few
    return four_times < 9 * once
