"""Whole nights of declared sources: kept in an archive, taken up after a kill, rebuilt without the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastwarc.warc import ArchiveIterator

from flows import nightly as flow
from flows.engine import threads
from flows.nightly import Night, read_night
from flows.page import summary
from flows.rebuild import rebuild_all
from tests.unit.web_server import Page, WebServer
from warehouse.catalog import connect
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tasks.report import Report

HTML = {"Content-Type": "text/html; charset=utf-8"}
DATED = "<item><link>/{0}</link><guid>../../{0}</guid><pubDate>Tue, 12 Mar 2024 09:00:00 GMT</pubDate></item>"
MISSING = "<item><link>/missing</link><guid>'; DROP TABLE documents; --</guid></item>"


def story(place: str) -> Page:
    """Return a page of its own."""
    text = (
        f"<p>BEIRUT - A bomb killed two soldiers near a market in {place} on Monday, the army said in a statement.</p>"
    )
    more = f"<p>Five people were wounded in the attack on {place}, which the government blamed on rebels.</p>"
    return Page(
        f"<html><body><article><h1>Bomb in {place}</h1>{text}{more}</article></body></html>".encode(), headers=HTML
    )


@pytest.fixture
def site() -> Iterator[WebServer]:
    """Serve a feed of two stories and of a page that is missing."""
    items = DATED.format("tripoli") + DATED.format("sidon") + MISSING
    feed = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
    pages = {"/tripoli": story("Tripoli"), "/sidon": story("Sidon"), "/feed": Page(feed, headers={"ETag": '"1"'})}
    with WebServer(pages) as server:
        yield server


def night(server: WebServer, folder: Path) -> Report:
    """Run one night over a good and a missing feed."""
    line = "- {{id: {}, kind: feed, url: '{}', delay: 0, loopback_port: {}}}\n"
    declared = folder / "sources.yml"
    declared.write_text("".join(line.format(name, server.url(f"/{name}"), server.port) for name in ("feed", "gone")))
    server.seen.clear()
    with threads() as engine:
        asked = Night((), str(folder / "w"), workers=1, sources=(str(declared),))
        return read_night(asked, engine, lambda stage, rows: None)  # noqa: ARG005


def ask(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query."""
    with connect(Store(folder / "w")) as connection:
        return connection.execute(query).fetchall()


def test_nights_of_a_feed(site: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed night is taken up again; the next one finds nothing new; a rebuild needs no site."""
    with monkeypatch.context() as patch:
        patch.setattr(flow, "publish", _killed)
        with pytest.raises(KeyboardInterrupt):
            night(site, tmp_path)
    assert Store(tmp_path / "w").current() is None
    report = night(site, tmp_path)
    assert sorted(site.paths()) == ["/feed", "/gone"], "the pages had been kept"
    assert (report.state, report.rows["documents"], report.rejections) == ("incomplete", 2, {"http_error": 2})
    assert "source gone DOWN: " in summary(report)
    documents = ask(tmp_path, "SELECT record_id, url, published_origin FROM documents ORDER BY url")
    assert documents == [(f"../../{name}", site.url(f"/{name}"), "listing") for name in ("sidon", "tripoli")]
    assert report.discovered - report.unchanged == 4 == ask(tmp_path, "SELECT count(*) FROM raw_documents")[0][0]

    before = ask(tmp_path, "SELECT * FROM documents ORDER BY document_id")
    again = night(site, tmp_path)
    assert sorted(site.paths()) == ["/feed", "/gone"]
    assert again.rows.get("documents", 0) == again.rows.get("rejections", 0) == 0
    assert ask(tmp_path, "SELECT * FROM documents ORDER BY document_id") == before
    health = "SELECT source_id, state, not_modified, unchanged FROM source_health"
    assert ask(tmp_path, f"{health} ORDER BY started_at DESC, source_id LIMIT 2") == [
        ("feed", "ok", 1, 0),
        ("gone", "down", 0, 1),
    ]

    _read_archives(tmp_path / "w", site)
    monkeypatch.setattr("tasks.clean.clean_version", lambda: "another version")
    site.seen.clear()
    with threads() as engine:
        rebuilt = rebuild_all(str(tmp_path / "w"), 1, 0.0, engine, lambda stage, rows: None)  # noqa: ARG005
    assert (rebuilt.state, rebuilt.published, site.seen) == ("completed", True, [])
    assert ask(tmp_path, "SELECT * FROM documents ORDER BY document_id") == before
    with Store(tmp_path / "w").lock():
        Store(tmp_path / "w").vacuum(keep=1)
    _read_archives(tmp_path / "w", site)


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def _read_archives(root: Path, site: WebServer) -> None:
    """Any reader of WARC files finds the pages."""
    found = set()
    for path in (root / "archive").iterdir():
        with path.open("rb") as file:
            found |= {record.headers.get("WARC-Target-URI") for record in ArchiveIterator(file)}
    assert {site.url(path) for path in ("/feed", "/gone", "/tripoli", "/sidon", "/missing")} <= found
