"""Pages: which of their many titles, authors, dates and addresses count, and what is no part of the article."""

from __future__ import annotations

import datetime as dt

import pytest

from tasks.text.address import page_address
from tasks.text.author import page_author
from tasks.text.markup import MAX_ELEMENTS, article_text, parse_page
from tasks.text.published import page_time, visible_time
from tasks.text.records import UnfitError
from tasks.text.title import page_title

_PARAGRAPH = "Gunmen attacked a police post near the border late on Sunday and killed two officers, the governor said. "
_BODY = f"<body><article><p>{_PARAGRAPH * 2}</p><p>{_PARAGRAPH}Nobody claimed it.</p></article></body>"


def _linked(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type":["NewsArticle"],{fields}}}</script>'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Two killed - The Daily Post</title><meta property=og:site_name content='Daily Post'>", "Two killed"),
        (
            "<title>The Daily Post | Two killed</title><meta property=og:site_name content='The Daily Post'>",
            "Two killed",
        ),
        ("<title>Two killed | World | post.example</title>", "Two killed | World | post.example"),
        (
            "<title>Two killed - post.example</title><link rel=canonical href='https://www.post.example/a'>",
            "Two killed",
        ),
        (
            "<title>Post</title><meta property=og:title content='Two killed &amp;amp; one hurt'>",
            "Two killed & one hurt",
        ),
        ("<title>Coup-plotter - or patriot?</title>", "Coup-plotter - or patriot?"),
        (
            "<script type='application/ld+json'>[{'x'}]</script>"
            + _linked('"headline":"Two killed"')
            + "<title>No</title>",
            "Two killed",
        ),
        ("", None),
    ],
)
def test_titles(head: str, title: str | None) -> None:
    """The headline comes without the site's name, from wherever the page states it."""
    page = parse_page(f"<html><head>{head}</head>{_BODY}</html>")
    assert page_title(page, page_address(page)) == title


def test_heading_tells_site_name_from_title() -> None:
    """A heading that equals one part of the title tag says which part is the title."""
    page = parse_page(f"<head><title>Two killed: Metro News</title></head><body><h1>Two killed</h1>{_BODY}")
    assert page_title(page, None) == "Two killed: Metro News"
    page = parse_page(f"<head><title>Two killed » Metro News</title></head><body><h1>Two killed</h1>{_BODY}")
    assert page_title(page, None) == "Two killed"


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        ("<h1>Gunmen kill two officers</h1>", "Gunmen kill two officers"),
        ("<h1>World Two killed near the border</h1>", "Two killed near the border"),
        ("<h1>The Post</h1><h1>Gunmen kill two officers</h1>", "Two killed near the border"),
        ("<h1>World</h1>", "Two killed near the border"),
    ],
)
def test_only_heading_wins(headings: str, title: str) -> None:
    """What readers see above the story counts before what networks are told, where it is sure to be the headline."""
    head = "<meta property=og:title content='Two killed near the border'>"
    assert page_title(parse_page(f"<html><head>{head}</head><body>{headings}{_BODY}</html>"), None) == title


@pytest.mark.parametrize(
    ("head", "day", "origin"),
    [
        (
            _linked('"datePublished":"2018-05-31T20:00:00-06:00"') + '<meta name="date" content="2018-06-05">',
            dt.date(2018, 5, 31),
            "json-ld",
        ),
        (
            '<meta name="pubdate" content="0000-00-00"><meta name="date" content="31 May 2018">',
            dt.date(2018, 5, 31),
            "meta",
        ),
        ('<meta itemprop="datePublished" content="2018-05-31">', dt.date(2018, 5, 31), "meta"),
    ],
)
def test_dates(head: str, day: dt.date, origin: str) -> None:
    """Structured data come before meta tags, and what is no date is passed over."""
    published = page_time(parse_page(f"<html><head>{head}</head>{_BODY}</html>"))
    assert published is not None
    assert (published.on, published.origin) == (day, origin)


def test_zones_that_contradict_each_other() -> None:
    """Where meta tag and time element mean the same moment, structured data that mean another are mislabelled."""
    data = _linked('"datePublished":"2018-05-31T17:10:46-07:00"')
    meta = '<meta property="article:published_time" content="2018-05-31T17:10:46+00:00">'
    day = '<meta property="article:published_time" content="2018-05-31">'
    for head, element, hour in (
        (meta, "<time datetime='2018-05-31T10:10:46-07:00'>31 May</time>", 17),
        (meta, "", 0),
        (day, "<time datetime='2018-05-31'>31 May</time>", 0),
    ):
        published = page_time(parse_page(f"<html><head>{data}{head}</head><body>{element}{_BODY}</html>"))
        assert published is not None
        assert published.at.hour == hour


def test_dated_line_below_the_headline() -> None:
    """The line below the headline dates the page, not those of other articles above and beside it."""
    lines = "<p class=date>2018-05-03</p><h1>Two killed</h1><p class=date>Written: 2018-05-31 15:03</p>"
    published = visible_time(parse_page(f"<html><body>{lines}<p class=date>2018-05-02</p>{_BODY}</html>"))
    assert published is not None
    assert published.at == dt.datetime(2018, 5, 31, 15, 3, tzinfo=dt.UTC)


def test_year_of_the_copyright_is_no_date() -> None:
    """Unknown stays unknown where a page states no more than a year."""
    assert visible_time(parse_page(f"<html><body>{_BODY}<p>\u00a9 2018 The Post</p></html>")) is None


def test_date_of_a_listed_article_is_not_the_page_s() -> None:
    """Articles that a page only lists do not date it."""
    data = (
        '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2018-05-31","headline":"X"}]}'
    )
    page = parse_page(f'<html><head><script type="application/ld+json">{data}</script></head>{_BODY}</html>')
    assert page_time(page) is None
    assert page_title(page, None) is None


def test_visible_date_is_the_last_resort() -> None:
    """A date that only stands in the page's words is found, and says so."""
    page = parse_page(f"<html><body><div class='date'>31 May 2018</div>{_BODY}</html>")
    assert page_time(page) is None
    published = visible_time(page)
    assert published is not None
    assert (published.on, published.origin) == (dt.date(2018, 5, 31), "page")


def test_authors() -> None:
    """Structured data name authors; so do meta tags and bylines, and addresses of profiles are no names."""
    data = '{"@type":"Article","author":[{"name":"Ann Roe"},"Bo Li",{"name":5}]}'
    assert page_author(parse_page(f'<script type="application/ld+json">{data}</script>{_BODY}')) == "Ann Roe, Bo Li"
    meta = '<meta property="article:author" content="https://x.example/ann"><meta name="author" content="By Ann Roe">'
    assert page_author(parse_page(f"<head>{meta}</head>{_BODY}")) == "Ann Roe"
    assert page_author(parse_page(f"<body><p class='byline'>By Ann Roe</p>{_BODY}")) == "Ann Roe"
    assert page_author(parse_page(_BODY)) is None


def test_addresses() -> None:
    """The canonical address counts where it is one of the web; relative and other addresses do not."""
    head = '<link rel=canonical href="/a"><meta property="og:url" content="https://post.example/a">'
    assert page_address(parse_page(f"<head>{head}</head>{_BODY}")) == "https://post.example/a"
    assert page_address(parse_page(f"<head><link rel=canonical href='javascript:x()'></head>{_BODY}")) is None


def test_article_text_has_one_paragraph_a_line() -> None:
    """Source line ends are spaces, scripts and menus are no text, and paragraphs are separated by one line feed."""
    body = _BODY.replace("late on", "late\n on")
    page = parse_page(f"<body><nav><a href=/>Home</a></nav><script>var x = 1</script>{body}")
    lines = article_text(page).split("\n")
    assert lines == [(_PARAGRAPH * 2).strip(), f"{_PARAGRAPH}Nobody claimed it."]


def test_giant_pages_are_refused() -> None:
    """A page of absurd size costs no more than counting its elements."""
    with pytest.raises(UnfitError) as refused:
        parse_page("<i></i>" * (MAX_ELEMENTS + 1))
    assert refused.value.reason == "parse_failed"
