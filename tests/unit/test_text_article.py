"""From one raw record to an article: what a user finds in the documents table, and why a record is not in it."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.vocabulary import REJECTION_REASONS, TIME_ORIGINS
from tasks.sources.records import DEFAULT_SOURCE, RawRecord
from tasks.text.article import CleanArticle, Rejected, read_article
from tasks.text.records import MAX_ARTICLE

if TYPE_CHECKING:
    from tasks.sources.records import MediaType

_STORY = (
    "Gunmen attacked a police post near the border late on Sunday and killed two officers, the governor said.\n"
    "No group claimed the attack, but officials blamed smugglers who have fought the border police for years.\n"
    "The minister of the interior flew to the town on Monday and promised the families of the dead his help."
)


def _record(content: bytes | str, media_type: MediaType = "text/plain") -> RawRecord:
    data = content.encode() if isinstance(content, str) else content
    return RawRecord("files", "r", media_type, "r", len(data), data)


def _article(content: bytes | str, media_type: MediaType = "text/plain") -> CleanArticle:
    article = read_article(_record(content, media_type))
    assert isinstance(article, CleanArticle), article
    return article


def _rejected(content: bytes | str, media_type: MediaType = "text/plain") -> Rejected:
    rejected = read_article(_record(content, media_type))
    assert isinstance(rejected, Rejected), rejected
    return rejected


def _json(**fields: Any) -> str:
    return json.dumps(fields)


def _body(article: CleanArticle) -> str:
    return article.text[article.body_start : article.body_end]


def _title(article: CleanArticle) -> str | None:
    return None if article.title_start is None else article.text[article.title_start : article.title_end]


def test_title_and_stamp_at_the_end() -> None:
    """A title and a stamp after the story are found, stay in the text, and are no part of the story."""
    article = _article(f"TBILISI: {_STORY}\nTwo officers killed in attack on border post\nUpdated 3 June 2019")
    assert article.title == _title(article) == "Two officers killed in attack on border post"
    assert article.dateline == "TBILISI"
    assert article.published is not None
    assert (article.published.on, article.published.origin) == (dt.date(2019, 6, 3), "text")
    assert article.published.raw == "Updated 3 June 2019"
    assert _body(article) == _STORY
    assert article.text.endswith("Updated 3 June 2019")


def test_title_byline_and_dateline_at_the_start() -> None:
    """The usual head of a wire story is taken apart."""
    article = _article(f"Two officers killed near border\n\nBy Nino Beridze\n\nTBILISI, Georgia (AP) -- {_STORY}")
    assert (article.title, article.author, article.dateline) == (
        "Two officers killed near border",
        "Nino Beridze",
        "TBILISI, Georgia",
    )
    assert _title(article) == article.title
    assert _body(article) == _STORY


def test_title_with_a_full_stop_above_a_dateline() -> None:
    """Old wire copy ends headlines with a full stop and puts names and a dateline below."""
    article = _article(f"Gunmen kill two at the border.\nNino Beridze\nTBILISI 1996-08-30\n{_STORY}")
    assert article.title == "Gunmen kill two at the border."
    assert article.author == "Nino Beridze"
    assert article.published is not None
    assert (article.published.on, article.published.origin) == (dt.date(1996, 8, 30), "dateline")
    assert _body(article) == _STORY


@pytest.mark.parametrize(
    "first",
    [
        "gunmen kill two at the border",
        "The governor said on Monday that two officers had been killed.",
        "The minister said: the attackers will be found and brought to court, wherever they hide",
    ],
)
def test_sentences_are_no_titles_and_no_datelines(first: str) -> None:
    """A first line in lower case, or one that is a sentence, belongs to the story."""
    article = _article(f"{first}\n{_STORY}" if not first.startswith("The minister") else f"{first}, he said. {_STORY}")
    assert (article.title, article.dateline, article.body_start) == (None, None, 0)


def test_known_title_is_found_in_the_text() -> None:
    """A record's title is marked where the text begins or ends with it, whatever its quotes and capitals."""
    title = "Officers 'killed' near border"
    first = _article(
        _json(id="1", title=title, text=f"OFFICERS \u2018KILLED\u2019 NEAR BORDER. {_STORY}"), "application/json"
    )
    assert (first.title, _title(first)) == (title, "OFFICERS \u2018KILLED\u2019 NEAR BORDER")
    assert _body(first) == _STORY
    last = _article(_json(id="1", title=title, text=f"{_STORY}\n\n{title}"), "application/json")
    assert (_title(last), _body(last)) == (title, _STORY)


def test_sentence_that_begins_like_the_title_is_no_title() -> None:
    """Where the first sentence only starts with the words of the title, nothing is cut off it."""
    record = _json(id="1", title="Gunmen attacked a police post", text=_STORY)
    article = _article(record, "application/json")
    assert (article.title, article.title_start, article.body_start) == ("Gunmen attacked a police post", None, 0)


def test_text_that_is_all_title_keeps_a_story() -> None:
    """The story is never empty."""
    article = _article(_json(id="1", title="Two officers killed", text="Two officers killed"), "application/json")
    assert _body(article) == article.text


def test_record_fields_win_over_the_text() -> None:
    """What a record states about itself is not overruled by what its text looks like."""
    record = _json(
        id="1",
        text=f"{_STORY}\nTwo officers killed in attack\nUpdated 3 June 2019",
        title="Border post attacked",
        author="By Ann Roe",
        url="https://news.example/2018/01/02/x",
        published_at="2019-06-02T23:30:00-05:00",
    )
    article = _article(record, "application/json")
    assert (article.title, article.author) == ("Border post attacked", "Ann Roe")
    assert article.url == "https://news.example/2018/01/02/x"
    assert article.published is not None
    assert article.published.at == dt.datetime(2019, 6, 3, 4, 30, tzinfo=dt.UTC)
    assert (article.published.on, article.published.origin) == (dt.date(2019, 6, 2), "record")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"published_at": "next week", "url": "https://n.example/2018/jun/05/a"}, (dt.date(2018, 6, 5), "url")),
        ({"published_at": "0001-01-01T00:00:00Z"}, None),
        ({"published_at": 20180605}, None),
        ({"published_at": "Tue, 05 Jun 2018 10:00:00 GMT"}, (dt.date(2018, 6, 5), "record")),
        ({"text": f"TBILISI, June 5 (Reuters) - {_STORY}"}, None),
        (
            {"text": f"TBILISI, June 5 (Reuters) - {_STORY}", "url": "https://n.example/2018/06/a"},
            (dt.date(2018, 6, 5), "dateline"),
        ),
        ({"text": f"TBILISI, 5 JUN 90 (TASS) -- [TEXT] {_STORY}"}, (dt.date(1990, 6, 5), "dateline")),
    ],
)
def test_publication_time_and_how_it_was_found(fields: dict[str, Any], expected: tuple[dt.date, str] | None) -> None:
    """Unusable times are passed over, other evidence is used, and nothing is made up."""
    published = _article(json.dumps({"id": "1", "text": _STORY, **fields}), "application/json").published
    assert (published and (published.on, published.origin)) == expected


def test_address_must_be_one_of_the_web() -> None:
    """Only http and https addresses are kept."""
    for url in ("javascript:alert(1)", "file:///etc/passwd", "https://", "http://a b", "http://[", "x" * 5000, 7):
        assert _article(_json(id="1", text=_STORY, url=url), "application/json").url is None


@pytest.mark.parametrize(
    ("content", "media_type", "reason", "detail"),
    [
        (b"", "text/plain", "empty", "no bytes"),
        (b" \n\t ", "text/html", "empty", "white space"),
        (b"\x01\x02", "text/plain", "empty", "control characters"),
        (b"%PDF-1.7 ...", "text/plain", "binary", "PDF"),
        (b"PK\x03\x04word", "text/html", "binary", "ZIP"),
        (b"text with \0 in it", "text/plain", "binary", "NUL byte at offset 10"),
        (bytes(range(1, 256)) * 40, "text/plain", "undecodable", "control characters"),
        (b'{"id": "1", "text": ', "application/json", "bad_json", "one JSON object a line"),
        (b"[" * 100_000, "application/json", "bad_json", "nested too deeply"),
        (b'["text"]', "application/json", "bad_record", "got a JSON list"),
        (b'{"id": "1", "body": "x"}', "application/json", "bad_record", "body"),
        (b'{"id": "1", "text": 5}', "application/json", "bad_record", "text: int"),
        (b'{"id": "1", "text": " "}', "application/json", "empty", "no words"),
        (b"<html><body><img></body></html>", "text/html", "no_text", "no running text"),
        (b"<b>" * 100_000, "text/html", "parse_failed", "deep"),
        (b"word " * 50_000, "text/plain", "too_long", f"at most {MAX_ARTICLE}"),
    ],
)
def test_rejections_say_why(content: bytes, media_type: MediaType, reason: str, detail: str) -> None:
    """A record that is no article is rejected with the right reason, and a detail that helps."""
    rejected = _rejected(content, media_type)
    assert rejected.reason == reason
    assert detail in (rejected.detail or "")


def test_rejection_keeps_the_address() -> None:
    """Whoever looks a rejection up finds the page it came from."""
    rejected = _rejected(_json(id="1", text="word " * 50_000, url="https://n.example/a"), "application/json")
    assert (rejected.reason, rejected.url) == ("too_long", "https://n.example/a")


def test_quotations_in_another_language_leave_an_article_english() -> None:
    """One of the start and the middle of an English article may be quoted; in a foreign article neither is English."""
    quoted = "Des hommes armés ont attaqué un poste de police près de la frontière, a déclaré le gouverneur dimanche. "
    assert _article(quoted * 4 + _STORY * 6).language == "en"
    assert _article(quoted * 6).language == "fr"


def test_a_language_without_spaces_is_told_from_a_page_without_text() -> None:
    """A Japanese page has running text, although no words stand apart in it."""
    page = (
        "<p>"
        + "\u6b66\u88c5\u96c6\u56e3\u304c\u56fd\u5883\u306e\u8b66\u5bdf\u7f72\u3092\u8972\u6483\u3057\u305f\u3002" * 20
    )
    article = read_article(RawRecord("files", "r", "text/html", "r", len(page), page.encode()))
    assert isinstance(article, CleanArticle)
    assert article.language == "ja"


def test_problem_of_the_fetch_stage_is_passed_on() -> None:
    """A record whose bytes were not kept is rejected for the reason noted then."""
    record = RawRecord("files", "r", "text/plain", "r", None, None, "oversized", "expected less")
    assert read_article(record) == Rejected("oversized", "expected less", None)


@pytest.mark.parametrize("text", [_STORY.upper(), "Kabul bomb kills 12", "Attack.", "Great Britain", "Hello"])
def test_capitals_and_short_texts_are_english(text: str) -> None:
    """Old wire copy in capitals, and texts too short to tell, are not thrown away."""
    assert _article(text).language == "en"


def test_page_in_a_record() -> None:
    """A record may hold HTML, even a fragment of it; its fields win over the page's."""
    page = f"<title>Page title</title><p>{'</p><p>'.join(_STORY.split(chr(10)))}</p>"
    article = _article(_json(id="1", html=page, title="Record title"), "application/json")
    assert (article.title, article.text) == ("Record title", _STORY)


def test_text_can_always_be_stored() -> None:
    """Lone surrogates and control characters do not survive; letters are composed, spaces plain."""
    article = _article(
        '{"id": "1", "text": "Caf\\u0065\\u0301 \\ud83d \\u0000\\u200bbombed\\u00a0today \\u2028 Two died."}',
        "application/json",
    )
    assert article.text == "Caf\u00e9 \ufffd bombed today\nTwo died."


_WORDS = st.sampled_from(
    [
        "KABUL",
        "Afghanistan",
        "By",
        "(AP)",
        "--",
        "[TEXT]",
        "May 30",
        "2018",
        "Updated",
        "the",
        "said.",
        "\n",
        ":",
        "-",
        "\u00e9",
        "\x00",
        "<p>",
        "&amp;",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=400), st.lists(_WORDS, max_size=30).map(lambda words: " ".join(words).encode())
    ),
    media_type=st.sampled_from(["text/plain", "text/html", "application/json"]),
    fields=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("text", "html", "title", "url", "author", "published_at"), st.one_of(st.text(), st.integers())
        ),
    ),
)
def test_never_raises_and_always_holds_together(content: bytes, media_type: MediaType, fields: dict[str, Any]) -> None:
    """Whatever comes in, the result is an article whose offsets fit its text, or a rejection with a known reason."""
    for record in (_record(content, media_type), _record(json.dumps(fields), "application/json")):
        result = read_article(record)
        if isinstance(result, Rejected):
            assert result.reason in REJECTION_REASONS
            assert result.reason != "parse_failed" or media_type == "text/html" or "html" in fields
            continue
        assert 0 <= result.body_start < result.body_end <= len(result.text) <= MAX_ARTICLE
        assert result.text.encode()
        assert "\n\n" not in result.text
        assert result.text == result.text.strip()
        assert result.published is None or result.published.origin in TIME_ORIGINS
        assert (result.title_start is None) == (result.title_end is None)
        assert read_article(record) == result


def test_hostile_text_takes_no_time() -> None:
    """Texts made to slow down patterns and normalisation are read within a second or so."""
    started = time.perf_counter()
    for text in (
        "A." * 90_000,
        "AB-" * 60_000,
        "e" + "\u0301\u0327" * 60_000,
        "By Aa " * 30_000,
        "Aa Bb\n" * 30_000,
        "- " * 90_000,
    ):
        read_article(_record(text))
    assert time.perf_counter() - started < 10


def test_page_of_menus_alone_is_no_article() -> None:
    """A consent form or a menu has text, and none of it runs."""
    page = "<html><body><div>Home</div><div>World</div><p>Accept all cookies</p><p>Reject all</p></body></html>"
    found = read_article(RawRecord(DEFAULT_SOURCE, "wall.html", "text/html", "wall.html", None, page.encode()))
    assert isinstance(found, Rejected)
    assert found.reason == "no_text"
