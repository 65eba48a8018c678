"""The parts of the text reader: paragraphs, datelines, written dates, encodings, bylines and stamps."""

from __future__ import annotations

import codecs
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text.address import address_day, address_year
from tasks.text.author import clean_author, read_byline
from tasks.text.characters import one_line, tidy_characters
from tasks.text.dateline import find_dateline
from tasks.text.dates import find_stamp
from tasks.text.encoding import decode
from tasks.text.frame import is_stamp
from tasks.text.paragraphs import join_paragraphs
from tasks.text.records import UnfitError

_SENTENCE = "Gunmen attacked a police post near the border late on Sunday and killed two officers."


_WRAPPED = """Two killed

Gunmen attacked a police post near
the border late on Sunday and killed
two officers.

Nobody claimed the attack.
"""
_INDENTED = """   Gunmen attacked a police post near
the border and killed two officers.
   Nobody has claimed the attack yet
in public.
"""
_CAPITALS = """GUNMEN ATTACKED A POLICE POST
NEAR THE BORDER AND KILLED TWO
OFFICERS OF THE PEACE-
KEEPING FORCE.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\n\n\nTwo  words\n \nThree", ["One", "Two words", "Three"]),
        (f"{_SENTENCE}\n{_SENTENCE}", [_SENTENCE, _SENTENCE]),
        ("Two killed in attack\nGunmen killed two.", ["Two killed in attack", "Gunmen killed two."]),
        (_WRAPPED, ["Two killed", _SENTENCE, "Nobody claimed the attack."]),
        (
            _INDENTED,
            [
                "Gunmen attacked a police post near the border and killed two officers.",
                "Nobody has claimed the attack yet in public.",
            ],
        ),
        (
            _CAPITALS,
            ["GUNMEN ATTACKED A POLICE POST NEAR THE BORDER AND KILLED TWO OFFICERS OF THE PEACE-KEEPING FORCE."],
        ),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    """Blank lines and long lines separate paragraphs; wrapped lines are joined; titles stay by themselves."""
    assert join_paragraphs(text).split("\n") == expected


@given(st.text(alphabet="aB .\n", max_size=200))
def test_paragraphs_keep_every_word(text: str) -> None:
    """Joining lines neither loses nor makes a letter, and does nothing the second time to long lines."""
    joined = join_paragraphs(text)
    assert "".join(joined.split()) == "".join(text.split())
    assert "\n\n" not in joined


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("TBILISI: Gunmen attacked", "TBILISI"),
        ("TBILISI, Georgia — Gunmen attacked", "TBILISI, Georgia"),
        ("TBILISI, Georgia (AP) — Gunmen", "TBILISI, Georgia"),
        ("NEW DELHI: Gunmen attacked", "NEW DELHI"),
        ("THE HAGUE, Netherlands (AP) _ Judges", "THE HAGUE, Netherlands"),
        ("PORT-AU-PRINCE, Haiti, May 30 (Reuters) - Gunmen", "PORT-AU-PRINCE, Haiti"),
        ("JERUSALEM/GAZA (Reuters) - Gunmen", "JERUSALEM/GAZA"),
        ("ROCHESTER, N.H. 1996-08-30", "ROCHESTER, N.H."),
        ("Geneva, 3 June 2020 \u2013 The agency", "Geneva"),
        ("Port Moresby (AFP) - Gunmen", "Port Moresby"),
        ("Washington (CNN)Gunmen attacked", "Washington"),
        ("San Jose (Costa Rica), 18 Nov 89 (Acan-Efe) -- [text] gunmen", "San Jose, Costa Rica"),
        ("SAN SALVADOR, NO DATE (RADIO VENCEREMOS) -- [TEXT] GUNMEN", "SAN SALVADOR"),
        ("(NEW YORK) — Gunmen attacked a police", "NEW YORK"),
    ],
)
def test_dateline_places(head: str, place: str) -> None:
    """Datelines of all the agencies' styles give the place words, and the story goes on after them."""
    text = f"{head} a police post near the border late on Sunday and killed two" if "1996" not in head else head
    dateline = find_dateline(text, 0, len(text))
    assert dateline is not None
    assert dateline.place == place
    assert text[dateline.end :].lstrip()[:3].lower() in ("gun", "jud", "the", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister said: the attackers will be found and brought to court.",
        "surat: the situation in the city improved on Monday after a curfew.",
        "UPDATE: Gunmen attacked a police post near the border late on Sunday.",
        "EU: Ministers of the union met on Monday to talk about the border.",
        "CRICKET - ENGLAND BEAT PAKISTAN BY FIVE WICKETS IN THE FIRST TEST.",
        "President Obama (AP Photo) spoke on Monday at a police post there.",
        "TWO KILLED, THIRTY HURT AS BUS FALLS OFF BRIDGE: The bus was full.",
        "I was there - and nobody said a word about it to the police there.",
        "In May 2018 (Reuters) - reported",
        "TOP STORIES: Gunmen attacked a police post near the border late on Sunday.",
        "Ann Roe, The Associated Press. TBILISI (AP) Gunmen attacked a police post near the border.",
        "A - B",
        "",
    ],
)
def test_sentences_are_no_datelines(sentence: str) -> None:
    """Labels, headlines and ordinary sentences are no datelines."""
    assert find_dateline(sentence, 0, len(sentence)) is None


def test_interviews_have_no_dateline() -> None:
    """A name in capitals before what somebody says is no place, where others speak after it."""
    text = "KOVAR: We will find them wherever they hide.\nNEWTON: And what will happen then, in your opinion?"
    end = text.index("\n")
    assert find_dateline(text, 0, end) is None
    assert find_dateline(text[:end], 0, end) is not None


@pytest.mark.parametrize("head", ["(CNN) -- Gunmen", "(Reuters) - Gunmen", "CLANDESTINE, NO DATE (RADIO X) -- Gunmen"])
def test_credit_without_a_place(head: str) -> None:
    """An agency alone, or words for an unknown place, are skipped and name no place."""
    dateline = find_dateline(head, 0, len(head))
    assert dateline is not None
    assert (dateline.place, head[dateline.end :].strip()) == (None, "Gunmen")


def test_dateline_days() -> None:
    """A dateline's day needs a year, its own or a given one; a day that does not exist is none."""
    text = "KABUL, Feb. 29 (AP) - Gunmen attacked"
    dateline = find_dateline(text, 0, len(text))
    assert dateline is not None
    assert [dateline.on(year) for year in (None, 2019, 2020)] == [None, None, dt.date(2020, 2, 29)]


@pytest.mark.parametrize(
    ("raw", "at", "on"),
    [
        ("2018-05-31", "2018-05-31T00:00", "2018-05-31"),
        ("2018-05-31T22:30:00-0500", "2018-06-01T03:30", "2018-05-31"),
        ("2018-05-31 10:22:05.123+04:30", "2018-05-31T05:52:05", "2018-05-31"),
        ("20180531T102200Z", "2018-05-31T10:22", "2018-05-31"),
        ("Thu, 31 May 2018 22:22:00 EDT", "2018-06-01T02:22", "2018-05-31"),
        ("Published: May 31st, 2018 at 12:05 a.m. PST", "2018-05-31T08:05", "2018-05-31"),
        ("31/05/2018 10:22", "2018-05-31T10:22", "2018-05-31"),
        ("05/31/2018", "2018-05-31T00:00", "2018-05-31"),
        ("2018/5/31", "2018-05-31T00:00", "2018-05-31"),
        ("31 May 2018 25:99", "2018-05-31T00:00", "2018-05-31"),
    ],
)
def test_written_dates(raw: str, at: str, on: str) -> None:
    """Dates are read in the styles of the web and of wires; the day is that of the written zone."""
    stamp = find_stamp(raw)
    assert stamp is not None
    assert stamp.at == dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    assert stamp.on == dt.date.fromisoformat(on)


@pytest.mark.parametrize(
    "raw", ["05/06/2018", "2018-02-30", "1970-01-01", "31 May 1899", "May 2018", "12018-05-311", ""]
)
def test_dates_that_cannot_be_known(raw: str) -> None:
    """Ambiguous, impossible and implausible dates are no dates."""
    assert find_stamp(raw) is None


@pytest.mark.parametrize(
    "line",
    [
        "Updated 31 May 2018",
        "Last updated: May 31, 2018 10:22 AM ET",
        "2018-05-31",
        "Thursday, May 31, 2018",
        "This story is from May 31, 2018",
        "Harbour Post Published Thursday, May 31, 2018 1:19PM CST",
    ],
)
def test_stamps(line: str) -> None:
    """A line with a date and nothing else is a stamp; a sentence with a date is not."""
    assert is_stamp(line)
    assert not is_stamp(f"{line} was the day on which the talks began")
    assert not is_stamp(f"The talks began on {line}")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://n.example/2018/05/31/story", dt.date(2018, 5, 31)),
        ("https://n.example/news/2018/jun/5/story", dt.date(2018, 6, 5)),
        ("https://n.example/story-20180531.html", dt.date(2018, 5, 31)),
        ("https://n.example/story-2018-05-31", dt.date(2018, 5, 31)),
        ("https://n.example/2018/13/45/story", None),
        ("https://n.example/article/20189912345", None),
        (None, None),
    ],
)
def test_days_in_addresses(url: str | None, day: dt.date | None) -> None:
    """A full day in an address counts; other figures in it do not."""
    found = address_day(url)
    assert (found and found[0]) == day


def test_years_in_addresses() -> None:
    """The year of an address is its path's."""
    assert address_year("https://n.example/2018/05/story") == 2018
    assert address_year("https://n.example/story-2018") is None


@pytest.mark.parametrize(
    ("content", "declared", "text", "encoding"),
    [
        ("caf\u00e9".encode(), False, "caf\u00e9", "utf-8"),
        ("\ufeffcaf\u00e9".encode(), False, "caf\u00e9", "utf-8"),
        ("\ufeffcaf\u00e9".encode("utf-16-le"), False, "caf\u00e9", "utf-16-le"),
        ("\ufeffcaf\u00e9".encode("utf-16-be"), False, "caf\u00e9", "utf-16-be"),
        (
            b"\x93It\x92s a caf\xe9,\x94 he said on Monday.",
            False,
            "\u201cIt\u2019s a caf\u00e9,\u201d he said on Monday.",
            "cp1252",
        ),
        (
            b'<meta charset="iso-8859-1">\x93caf\xe9\x94',
            True,
            '<meta charset="iso-8859-1">\u201ccaf\u00e9\u201d',
            "cp1252",
        ),
        ('<meta charset="latin1">caf\u00e9'.encode(), True, '<meta charset="latin1">caf\u00e9', "utf-8"),
        ("caf\u00e9 caf\u00e9 caf\u00e9".encode()[:-1], False, "caf\u00e9 caf\u00e9 caf\ufffd", "utf-8"),
    ],
)
def test_encodings(content: bytes, declared: bool, text: str, encoding: str) -> None:  # noqa: FBT001 - a test's
    """Bytes become the text that was meant, whatever their encoding."""
    decoded = decode(content, declared=declared)
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["shift_jis", "iso2022_jp", "cp1251", "gb18030", "euc_kr"])
def test_declared_encodings(encoding: str) -> None:
    """What a page declares is believed where the bytes bear it out."""
    words = {"cp1251": "Новости дня", "gb18030": "新闻报道", "euc_kr": "뉴스 보도"}.get(encoding, "ニュース")
    label = encoding.replace("iso2022_jp", "iso-2022-jp")
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"><p>{words}'
    assert words in decode(page.encode(encoding), declared=True).text


@given(st.binary(max_size=300))
def test_decoding_ends_in_text_or_a_reason(content: bytes) -> None:
    """Any bytes are decoded or refused as binary or undecodable."""
    try:
        outcome = decode(content, declared=True).encoding
    except UnfitError as unfit:
        outcome = unfit.reason
    assert outcome in ("binary", "undecodable") or codecs.lookup(outcome)


@given(st.text(st.characters(exclude_characters="\u00c2\u00c3\u00e2")))
def test_tidy_text_can_be_stored_and_is_stable(text: str) -> None:
    """Tidied text can be encoded, holds no other line end or space than the plain ones, and stays as it is."""
    tidy = tidy_characters(text)
    assert tidy.encode() is not None
    assert tidy_characters(tidy) == tidy
    assert not any(character in tidy for character in "\r\t\x00\x85\u2028\u00a0\u200b\ufeff")


@pytest.mark.parametrize(
    ("twice", "meant"),
    [
        ("don\u00e2\u20ac\u2122t", "don\u2019t"),
        ("\u00e2\u20ac\u0153caf\u00c3\u00a9\u00e2\u20ac\x9d", "\u201ccaf\u00e9\u201d"),
        ("\u00c2\u00a35", "\u00a35"),
        ("S\u00c3O \u201cCAF\u00c9\u201d", "S\u00c3O \u201cCAF\u00c9\u201d"),
    ],
)
def test_double_encoding_is_undone(twice: str, meant: str) -> None:
    """Letters and quotes that were encoded twice come out right; real capitals with accents stay."""
    assert tidy_characters(twice) == meant


def test_fields_are_bounded() -> None:
    """A short field that is endless or empty is no field."""
    assert one_line("  two\n words ", 20) == "two words"
    assert one_line("x" * 21, 20) is one_line("  ", 20) is one_line(None, 20) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Roe", "Ann Roe"),
        ("By ANN ROE and BO LI, Associated Press", "ANN ROE and BO LI, Associated Press"),
        ("By Jean-Luc d'Arc", "Jean-Luc d'Arc"),
        ("By the end of the day nothing was left", None),
        ("By Monday the city had fallen", None),
        ("Ann Roe", None),
    ],
)
def test_bylines(line: str, names: str | None) -> None:
    """A line is a byline where nothing but names follows `By`."""
    assert read_byline(line) == names


def test_authors_are_cleaned() -> None:
    """Addresses, handles and words that stand for nobody are no authors."""
    assert clean_author("by Ann Roe ann@n.example") == "Ann Roe"
    assert clean_author("Written by Bo Li | @boli") == "Bo Li"
    assert [clean_author(value) for value in ("admin", "https://n.example/ann", "", None, "x" * 9000)] == [None] * 5
