"""The tables of declared sources: what was asked of them, and how each night went.

Belongs here: names, types, meanings and units. Rows are facts of a night, so they hold its time; no other table of
articles does. Does not belong here: how a value is computed.
"""

from __future__ import annotations

from schemas.columns import Column, Table
from schemas.shared import CHARACTERS_LONG, COUNT
from schemas.vocabulary import ADDRESS_ROLES, ADDRESS_STATES, SOURCE_STATES

_SOURCE = Column("source_id", "VARCHAR", "the declared source, see seeds/sources.yml", required=True)
_NIGHT = Column("started_at", "TIMESTAMPTZ", "when the night began that wrote the row", "UTC", required=True)

SOURCE_STATE = Table(
    "source_state",
    "What is known of every address that a source listed or was asked for; the view shows each address's latest row.",
    "fetch",
    ("source_id", "url", "started_at"),
    (
        _SOURCE,
        Column("url", "VARCHAR", "the address", required=True),
        _NIGHT,
        Column(
            "role",
            "VARCHAR",
            "listing (feed, sitemap, list) or page (an article)",
            required=True,
            values=tuple(ADDRESS_ROLES),
        ),
        Column(
            "state",
            "VARCHAR",
            "done, or pending where another night shall ask for it",
            required=True,
            values=tuple(ADDRESS_STATES),
        ),
        Column("etag", "VARCHAR", "validator: the ETag header of the last answer"),
        Column("last_modified", "VARCHAR", "validator: the Last-Modified header of the last answer"),
        Column("listed_as", "VARCHAR", "time of the last change as the listing states it, as written there"),
        Column("published", "VARCHAR", "time of publication as the listing states it, as written there"),
        Column("record_id", "VARCHAR", "the source's own id of the record: feed guid, or the address"),
        Column("attempts", "INTEGER", "nights in a row that failed to get it", "nights", required=True, between=COUNT),
    ),
    public=False,
)

SOURCE_HEALTH = Table(
    "source_health",
    "One row per source and night: what came, what did not, and what looks odd.",
    "fetch",
    ("source_id", "started_at"),
    (
        _SOURCE,
        _NIGHT,
        Column("kind", "VARCHAR", "feed, sitemap, urls, gdelt, warc or files", required=True),
        Column("state", "VARCHAR", "ok, partial or down", required=True, values=tuple(SOURCE_STATES)),
        Column("problem", "VARCHAR", "the first reason why it is not ok, with its address; NULL where it is"),
        Column("requests", "INTEGER", "answers received, robots.txt, redirects and repeated tries included",
               "requests", required=True, between=COUNT),
        Column("not_modified", "INTEGER", "answers that said that nothing has changed", "requests", required=True,
               between=COUNT),
        Column("wire_bytes", "BIGINT", "bodies received, as compressed on the wire", "bytes", required=True,
               between=COUNT),
        Column("listed", "INTEGER", "pages that its listings named", "pages", required=True, between=COUNT),
        Column("passed_over", "INTEGER", "listed pages in another language than the source's", "pages", required=True,
               between=COUNT),
        Column("fetched", "INTEGER", "records whose bytes came", "records", required=True, between=COUNT),
        Column("unchanged", "INTEGER", "listed pages and records that the warehouse has already", "records",
               required=True, between=COUNT),
        Column("pending", "INTEGER", "pages left for another night: over budget, or a fault that may pass", "pages",
               required=True, between=COUNT),
        Column("documents", "INTEGER", "new articles", "articles", required=True, between=COUNT),
        Column("rejected", "INTEGER", "new rejections", "records", required=True, between=COUNT),
        Column("rejections", "VARCHAR", "new rejections by reason, JSON", required=True),
        Column("slowest_seconds", "DOUBLE", "time of the slowest answer; NULL where nothing was asked", "seconds",
               between=COUNT),
        Column("slowest_url", "VARCHAR", "the address that took that long"),
        Column("last_new_at", "TIMESTAMPTZ", "start of the last night with a new article; NULL for none", "UTC"),
        Column("gone_quiet", "BOOLEAN", "whether new articles have been missing for much longer than they used to; "
               "NULL where too few nights tell"),
        Column("median_characters", "DOUBLE", "median length of the night's new articles; NULL for none",
               CHARACTERS_LONG, between=COUNT),
        Column("usual_characters", "DOUBLE", "median of that over earlier nights; NULL where too few nights tell",
               CHARACTERS_LONG, between=COUNT),
        Column("extraction_drift", "BOOLEAN", "whether articles are less than half or more than twice as long as "
               "usual, as when a site's pages changed; NULL where too few tell"),
    ),
    public=False,
)  # fmt: skip
