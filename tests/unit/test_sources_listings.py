"""Feeds, sitemaps and lists as they come: odd, broken and hostile ones give what can be read, and say what cannot."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.sources.feed import parse_feed
from tasks.sources.gdelt import parse_gdelt
from tasks.sources.listing import MAX_LINKS, Listing, ListingError, language_code, web_url
from tasks.sources.sitemap import parse_sitemap
from tasks.sources.url_list import parse_url_list

BASE = "https://example.org/news/feed"
NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def rss(items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    """Return an RSS feed of these items."""
    return f'{head}<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


def urls(listing: Listing) -> list[str]:
    """Return the addresses of the pages."""
    return [link.url for link in listing.pages]


def test_rss_gives_addresses_ids_and_dates() -> None:
    """Relative links are resolved, the guid is kept as the feed writes it, the date as written."""
    item = (
        "<item><link>../a?x=1&amp;y=2#top</link><guid>tag:7</guid><pubDate>Tue, 10 Mar 2026 10:00 GMT</pubDate></item>"
    )
    (link,) = parse_feed(rss(item), BASE).pages
    assert (link.url, link.record_id) == ("https://example.org/a?x=1&y=2", "tag:7")
    assert link.published == link.modified == "Tue, 10 Mar 2026 10:00 GMT"


def test_atom_prefers_the_page_and_knows_changes() -> None:
    """The alternate link counts, and `updated` is no date of publication."""
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><link rel="edit" href="/edit"/>
        <link rel="alternate" href="/page"/><published>2026-03-01</published><updated>2026-03-02</updated></entry>
        <entry><id>urn:2</id><link href="/other"/><updated>2026-03-05</updated></entry></feed>"""
    first, second = parse_feed(feed, BASE).pages
    assert (first.url, first.published, first.modified) == ("https://example.org/page", "2026-03-01", "2026-03-02")
    assert (second.published, second.modified) == (None, "2026-03-05")


def test_duplicate_guids_keep_both_pages() -> None:
    """A site that numbers carelessly loses no page; the same address twice is one."""
    items = "".join(f"<item><link>/{name}</link><guid>same</guid></item>" for name in "aab")
    listing = parse_feed(rss(items), BASE)
    assert [link.record_id for link in listing.pages] == ["same", "https://example.org/b"]


def test_links_in_cdata_and_permanent_guids() -> None:
    """Both are common spellings of an address."""
    items = (
        "<item><link><![CDATA[ https://example.org/c ]]></link></item><item><guid>https://example.org/d</guid></item>"
    )
    assert urls(parse_feed(rss(items), BASE)) == ["https://example.org/c", "https://example.org/d"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[::1", ""]
)
def test_what_is_no_web_address_is_told(address: str) -> None:
    """Each entry that nobody can follow is a rejection to be."""
    listing = parse_feed(rss(f"<item><title>x</title><link>{address}</link><guid>../../x</guid></item>"), BASE)
    assert listing.pages == ()
    assert [(fault.reason, fault.record_id) for fault in listing.faults] == [("refused_url", "../../x")]


def test_wrong_charset_is_survived() -> None:
    """A feed that is Latin-1 and says UTF-8, in its head and to HTTP, still gives its links."""
    feed = rss("<item><link>/caf\u00e9</link><title>Caf\u00e9</title></item>").decode().encode("latin-1")
    listing = parse_feed(feed, BASE, "application/rss+xml; charset=utf-8")
    assert urls(listing) == ["https://example.org/caf\u00e9"]


def test_a_feed_that_is_cut_off_gives_what_it_has_and_says_so() -> None:
    """A truncated download is no reason to lose the entries before the cut."""
    items = "".join(f"<item><link>/{i}</link></item>" for i in range(5))
    listing = parse_feed(rss(items)[:-60], BASE)
    assert len(listing.pages) >= 3
    assert listing.faults[0].reason == "bad_listing"
    assert not parse_feed(rss("<item><title>a &nbsp; b & c</title><link>/x</link></item>"), BASE).faults


@pytest.mark.parametrize("body", [b"", b"   ", b"<html><body>Not found</body></html>", b"\x89PNG\r\n\x1a\n", b"plain"])
def test_what_is_no_feed_is_told(body: bytes) -> None:
    """An error page in place of a feed is not an empty feed."""
    with pytest.raises(ListingError, match="expected an RSS or Atom feed"):
        parse_feed(body, BASE)


def test_an_empty_feed_is_no_fault() -> None:
    """Nothing new is no mistake."""
    assert parse_feed(rss(""), BASE) == Listing()


def test_a_feed_names_no_file_and_no_entity() -> None:
    """A feed whose bytes are a path is not opened; external entities are not read."""
    with pytest.raises(ListingError):
        parse_feed(b"/etc/hostname", BASE)
    head = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    listing = parse_feed(rss("<item><link>/a</link><guid>&f;</guid></item>", head), BASE)
    assert [link.record_id for link in listing.pages] in (["https://example.org/a"], ["&f;"])


def test_news_sitemaps_and_indexes() -> None:
    """Newest first; language and date of publication are read; an index names listings."""
    old_one = "<url><loc> /old </loc><lastmod>2026-01-01</lastmod></url>"
    paper = "<n:publication><n:language>en-GB</n:language></n:publication>"
    new_one = f"<url><loc>/new</loc><n:news>{paper}<n:publication_date>2026-02-01</n:publication_date></n:news></url>"
    text = f"<urlset {NEWS}>{old_one}{new_one}</urlset>"
    new, old = parse_sitemap(gzip.compress(text.encode()), BASE).pages
    assert (new.url, new.language, new.published) == ("https://example.org/new", "en", "2026-02-01")
    assert (old.published, old.modified) == (None, "2026-01-01")
    index = f"<sitemapindex {NEWS}><sitemap><loc>/s.xml.gz</loc><lastmod>2026-02-02</lastmod></sitemap></sitemapindex>"
    (child,) = parse_sitemap(index.encode(), BASE).listings
    assert (child.url, child.modified) == ("https://example.org/s.xml.gz", "2026-02-02")


def test_sitemaps_of_other_shapes() -> None:
    """Without namespace, as text and as a feed, as the protocol allows; an empty one is no fault."""
    assert urls(parse_sitemap(b"<urlset><url><loc>http://e.org/1</loc></url></urlset>", BASE)) == ["http://e.org/1"]
    assert urls(parse_sitemap(b"http://e.org/1\nhttp://e.org/2\n", BASE)) == ["http://e.org/1", "http://e.org/2"]
    assert urls(parse_sitemap(rss("<item><link>/x</link></item>"), BASE)) == ["https://example.org/x"]
    assert parse_sitemap(b"<urlset/>", BASE) == Listing()


@pytest.mark.parametrize("body", [b"", b"<html/>", gzip.compress(b"<urlset>")[:-4] + b"zzzz", b"\x1f\x8bnonsense"])
def test_broken_sitemaps_are_told(body: bytes) -> None:
    """Neither an error page nor damaged gzip data pass for an empty sitemap."""
    with pytest.raises(ListingError):
        parse_sitemap(body, BASE)


def test_sitemaps_are_bounded() -> None:
    """A bomb is refused, a cut one says so, and entries after the last that is allowed are told."""
    with pytest.raises(ListingError, match="at most"):
        parse_sitemap(gzip.compress(b"<urlset>" + b" " * 60_000_000), BASE)
    cut = parse_sitemap(b"<urlset><url><loc>http://e.org/1</loc></url><url><loc>http", BASE)
    assert (urls(cut), [fault.reason for fault in cut.faults]) == (["http://e.org/1"], ["bad_listing"])
    many = b"".join(b"http://e.org/%d\n" % number for number in range(MAX_LINKS + 5))
    listing = parse_url_list(many, BASE)
    assert (len(listing.pages), len(listing.faults)) == (MAX_LINKS, 1)


def test_lists_of_addresses_skip_comments() -> None:
    """A line that is none is told."""
    listing = parse_url_list(b"\xef\xbb\xbf# mine\n\nhttps://e.org/1\nfile:///x\n", "")
    assert urls(listing) == ["https://e.org/1"]
    assert [fault.record_id for fault in listing.faults] == ["file:///x"]


def test_gdelt_lists() -> None:
    """Article lists, search answers, tables and lists of files all name pages or files."""
    lines = [json.dumps({"url": "https://e.org/1", "lang": "en"}), "{broken", json.dumps({"url": "https://e.org/2"})]
    listing = parse_gdelt(gzip.compress("\n".join(lines).encode()), BASE)
    assert (urls(listing), len(listing.faults)) == (["https://e.org/1", "https://e.org/2"], 1)
    answer = {"articles": [{"url": "https://e.org/3", "language": "English"}, {"title": "no address"}]}
    assert [link.language for link in parse_gdelt(json.dumps(answer).encode(), BASE).pages] == ["en"]
    gkg = "\t".join(["id", "20260101", "1", "e.org", "https://e.org/4", *[""] * 22])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.gkg.csv", f"{gkg}\n{gkg.replace('1', '2')}\n")
    assert urls(parse_gdelt(packed.getvalue(), BASE)) == ["https://e.org/4"]
    update = (
        b"1 aa http://g.org/1.export.CSV.zip\n2 bb http://g.org/1.mentions.CSV.zip\n3 cc http://g.org/1.gkg.csv.zip\n"
    )
    assert [link.url for link in parse_gdelt(update, BASE).listings] == ["http://g.org/1.gkg.csv.zip"]
    for broken in (b"PK\x03\x04 nothing", b"<html>"):
        with pytest.raises(ListingError):
            parse_gdelt(broken, BASE)


def test_languages_and_addresses() -> None:
    """Spellings of a language meet; an address has no fragment and no line end in it."""
    assert [language_code(name) for name in ("en-US", "English", "eng", "zh_cn", "", None)] == ["en"] * 3 + [
        "zh",
        None,
        None,
    ]
    assert web_url("//e.org/a b#c", BASE) == "https://e.org/a%20b"
    assert web_url("http://e.org/a\r\nX: y", BASE) in {None, "http://e.org/aX: y".replace(" ", "%20")}


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<rss>", b"<urlset><url><loc>", b"<feed>", b"{", b"PK", b"\x1f\x8b"]),
)
def test_no_bytes_bring_a_parser_down(tail: bytes, head: bytes) -> None:
    """Whatever a site sends, the answer is a listing or the error that says that it is none."""
    for parse in (parse_feed, parse_sitemap, parse_gdelt, parse_url_list):
        try:
            listing = parse(head + tail, BASE)
        except ListingError:
            continue
        assert all(link.url.startswith(("http://", "https://")) for link in listing.pages)
