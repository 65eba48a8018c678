"""What is no story on a page goes, what only looks so stays, and absurd pages end in time with their reason."""

from __future__ import annotations

import time

import pytest

from tasks.sources.records import RawRecord
from tasks.text.article import CleanArticle, read_article
from tasks.text.furniture import story_lines

_STORY = (
    "<p>Gunmen attacked a police post near the border late on Sunday and killed two officers, the governor said.</p>"
)
_LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2021 The Coast Ledger. All rights reserved.",
        "\u00a9 Coast Ledger",
        "Sign up for our daily newsletter",
        "Get the latest news in your inbox",
        "Follow Ann Roe on Twitter @annroe",
        "Ann Roe may be reached at ann@post.example. Follow her on Twitter.",
        "(Reporting by Ann Roe; Editing by Bo Li)",
        "Comments",
        "___",
    ],
)
def test_closing_lines_go(line: str) -> None:
    """Credits and calls to subscribe are no part of the text where they end it."""
    assert story_lines(["Gunmen killed two officers.", line, "Share"]) == ["Gunmen killed two officers."]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright lawyers said that the raid on the publisher was illegal.",
        "The rebels forced villagers to sign up for training, the governor said.",
        "Like others, he was recruited on Facebook and Telegram.",
        "Get out of the town before Friday, the leaflet said.",
        "Related fighting in the south killed nine people.",
        "Contact with the patrol was lost on Monday.",
    ],
)
def test_last_lines_of_stories_stay(line: str) -> None:
    """A sentence that merely begins like such a line is story."""
    assert story_lines(["Gunmen killed two officers.", line]) == ["Gunmen killed two officers.", line]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (f"<!DOCTYPE x [<!ENTITY l0 'ha'>{_LAUGHS}]><p>&l9;</p>{_STORY * 4}", None),
        ("<b>" * 50_000 + _STORY, "parse_failed"),
        ("<p>" + "word and more. " * 700_000, "too_long"),
        ("<p>" + "w" * 10_000_000, "too_long"),
        ("<pre>" * 1_000_000, "parse_failed"),
        (f"<div class='{'a-date popover ' * 600_000}'>x</div>{_STORY * 4}", None),
        (f"<title>{'a - b | ' * 200_000}</title>{_STORY * 4}", None),
        ("\u6161" * 500, "no_text"),
        (f"<script type='application/ld+json'>{'[' * 400_000}</script>{_STORY * 4}", None),
    ],
    ids=[
        "billion laughs",
        "nested",
        "one paragraph",
        "one word",
        "preformatted",
        "class",
        "title",
        "signs",
        "structured data",
    ],
)
def test_hostile_markup_is_bounded(page: str, reason: str | None) -> None:
    """Absurd pages end within seconds, as what is still an article or with the reason why it is none."""
    start = time.process_time()
    content = page.encode()
    result = read_article(RawRecord("files", "r", "text/html", "r", len(content), content))
    assert time.process_time() - start < 10
    assert (None if isinstance(result, CleanArticle) else result.reason) == reason


@pytest.mark.parametrize(
    "damage", [b"\xff\xc3\x28", b"&#xD800;&#x110000;&#5555555555;", b"\xed\xa0\x80", b"<a b='", b"<![CDATA["]
)
def test_broken_characters_cost_no_article(damage: bytes) -> None:
    """Bytes and references that are no characters leave the story readable."""
    content = _STORY.encode() * 3 + b"<p>" + damage
    result = read_article(RawRecord("files", "r", "text/html", "r", len(content), content))
    assert isinstance(result, CleanArticle)
    assert "killed two officers" in result.text
    result.text.encode()
