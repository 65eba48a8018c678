"""Every table of the warehouse, each column declared once.

Belongs here: names, types, meanings and units. Everything else is derived: the Arrow schema and the Parquet field
metadata (`arrow.py`), the comments in the catalog (`warehouse/catalog.py`), the data dictionary (`dictionary.py`).
Does not belong here: how a value is computed.
"""

from __future__ import annotations

from schemas.columns import Column, Table

_CHARACTERS = "characters (Unicode code points) from the start of documents.text"
_PEOPLE = "people"
_SHARE = "0..1"
_DEGREES = "degrees, WGS 84"

_DOCUMENT_ID = Column("document_id", "VARCHAR", "the article, see documents", required=True)
_SOURCE_ID = Column("source_id", "VARCHAR", "the source that the record came from", required=True)
_RECORD_ID = Column(
    "record_id",
    "VARCHAR",
    "the source's own id of the record: the `id` of a JSONL record, or the file name",
    required=True,
)
_START = Column("start", "INTEGER", "where the surface begins", _CHARACTERS, required=True)
_END = Column("end", "INTEGER", "where the surface ends, exclusive", _CHARACTERS, required=True)
_SURFACE = Column("surface", "VARCHAR", "the words as they stand in the text at start..end", required=True)
_ENTITY_TYPE = Column("entity_type", "VARCHAR", "person, organization, group or place", required=True)
_COUNTRY = Column("country", "VARCHAR", "ISO 3166-1 alpha-3 code of the country; NULL where unknown")
_SECTOR = Column("sector", "VARCHAR", "PLOVER sector code: GOV, MIL, COP, REB, ...; NULL where unknown")
_DATE_PRECISION = Column(
    "date_precision", "VARCHAR", "how finely the date is known: day, week, month, quarter, year or decade"
)
_EVENT_TYPE = Column("event_type", "VARCHAR", "PLOVER event type", required=True)
_EVENT_MODE = Column("event_mode", "VARCHAR", "PLOVER mode within the type; NULL where none applies")
_CONTEXTS = Column(
    "contexts", "VARCHAR[]", "PLOVER contexts: military, diplomatic, economic, legal, ...", required=True
)
_OCCURRED = (
    Column("occurred_from", "DATE", "first day on which it may have happened; NULL where unknown"),
    Column("occurred_to", "DATE", "last day on which it may have happened; NULL where unknown"),
    _DATE_PRECISION,
)
_CASUALTIES = (
    Column("killed_min", "INTEGER", "people killed, at least; NULL where not reported", _PEOPLE),
    Column("killed_max", "INTEGER", "people killed, at most; NULL where not reported or open-ended", _PEOPLE),
    Column("wounded_min", "INTEGER", "people wounded, at least; NULL where not reported", _PEOPLE),
    Column("wounded_max", "INTEGER", "people wounded, at most; NULL where not reported or open-ended", _PEOPLE),
)
_POINT = (
    Column("latitude", "DOUBLE", "north positive; NULL where the place has no known point", _DEGREES),
    Column("longitude", "DOUBLE", "east positive; NULL where the place has no known point", _DEGREES),
)
_ADMIN1 = Column("admin1", "VARCHAR", "name of the province, state or region that holds the place")
_GEONAMES_ID = Column("geonames_id", "BIGINT", "GeoNames id of the place; NULL for what is no place or not in GeoNames")
_WIKIDATA_ID = Column("wikidata_id", "VARCHAR", "Wikidata item, such as Q889; NULL where not known for certain")
_FEATURE_CODE = Column("feature_code", "VARCHAR", "GeoNames feature code of a place: PCLI, ADM1, PPLC, ...")

RAW_DOCUMENTS = Table(
    "raw_documents",
    "One row per fetched record, its bytes kept as fetched, so that everything after it can be rebuilt.",
    "fetch",
    ("raw_id",),
    (
        Column("raw_id", "VARCHAR", "key: source, record id, bytes and occurrence", required=True),
        _SOURCE_ID,
        _RECORD_ID,
        Column("media_type", "VARCHAR", "text/plain, text/html or application/json (one JSONL record)", required=True),
        Column("location", "VARCHAR", "file name, and line in it, for messages", required=True),
        Column("size", "BIGINT", "size of the record as fetched; NULL where it was not read to its end", "bytes"),
        Column("content", "BLOB", "the bytes; NULL where they are not kept (see problem)"),
        Column("problem", "VARCHAR", "rejection reason found while fetching: unreadable, oversized, repeated, ..."),
        Column("detail", "VARCHAR", "what exactly the problem was"),
    ),
    public=False,
)

DOCUMENTS = Table(
    "documents",
    "One row per accepted article.",
    "clean",
    ("document_id",),
    (
        Column("document_id", "VARCHAR", "key", required=True),
        _SOURCE_ID,
        _RECORD_ID,
        Column("url", "VARCHAR", "canonical address of the article, as found"),
        Column("title", "VARCHAR", "headline, as found"),
        Column("author", "VARCHAR", "author or byline, as found"),
        Column("language", "VARCHAR", "ISO 639-1 code of the language of the text", required=True),
        Column("published_at", "TIMESTAMPTZ", "time of publication; NULL where the page does not say", "UTC"),
        Column("published_on", "DATE", "day of publication in the zone that the page states, else in UTC"),
        Column("published_origin", "VARCHAR", "how the time was found: record, json-ld, meta, url, text, ..."),
        Column("published_raw", "VARCHAR", "the time as it was written, with its zone where it states one"),
        Column("dateline", "VARCHAR", "place of the dateline, e.g. `WASHINGTON`"),
        Column("encoding", "VARCHAR", "character encoding that the bytes were read in", required=True),
        Column("text", "VARCHAR", "cleaned running text; paragraphs are separated by one line feed", required=True),
        Column("title_start", "INTEGER", "where the title stands in the text; NULL where it does not", _CHARACTERS),
        Column("title_end", "INTEGER", "end of the title in the text, exclusive", _CHARACTERS),
        Column("body_start", "INTEGER", "where the story begins, after title, stamp and dateline", _CHARACTERS, True),
        Column("body_end", "INTEGER", "where the story ends, before trailing title and stamp", _CHARACTERS, True),
        Column("minhash", "BLOB", "MinHash signature of the text's word 5-grams, 128 little-endian uint32"),
    ),
)

REJECTIONS = Table(
    "rejections",
    "One row per record that was fetched and did not become a document.",
    "clean",
    ("raw_id",),
    (
        Column("raw_id", "VARCHAR", "key: the record in raw_documents", required=True),
        _RECORD_ID,
        _SOURCE_ID,
        Column("url", "VARCHAR", "address of the record, where it states one"),
        Column("stage", "VARCHAR", "the stage that rejected it: fetch, clean or extract", required=True),
        Column("reason", "VARCHAR", "reason code, see the closed list below", required=True),
        Column("detail", "VARCHAR", "what exactly was wrong"),
    ),
)

ENTITY_MENTIONS = Table(
    "entity_mentions",
    "Every place in a text where an entity is named or described.",
    "extract",
    ("mention_id",),
    (
        Column("mention_id", "VARCHAR", "key", required=True),
        _DOCUMENT_ID,
        _START,
        _END,
        _SURFACE,
        _ENTITY_TYPE,
        Column("mention_kind", "VARCHAR", "name, nominal or pronoun", required=True),
        Column("entity_id", "VARCHAR", "the entity, see entities; NULL where it could not be resolved"),
        Column("link_score", "DOUBLE", "how sure the link to the entity is; NULL where there is none", _SHARE),
    ),
    order=("document_id", "start", "end", "mention_id"),
)

DOCUMENT_ENTITIES = Table(
    "document_entities",
    "What one article says of one entity: the evidence from which entities are put together.",
    "extract",
    ("document_id", "entity_id"),
    (
        _DOCUMENT_ID,
        Column("entity_id", "VARCHAR", "the entity, see entities", required=True),
        _ENTITY_TYPE,
        Column("name", "VARCHAR", "its fullest name in the article, or its name in the reference data", required=True),
        Column("aliases", "VARCHAR[]", "the other names that the article calls it by", required=True),
        _COUNTRY,
        _SECTOR,
        _WIKIDATA_ID,
        _GEONAMES_ID,
        *_POINT,
        _FEATURE_CODE,
        _ADMIN1,
        Column("mention_count", "INTEGER", "mentions in the article", "mentions", required=True),
    ),
    public=False,
)

TIME_MENTIONS = Table(
    "time_mentions",
    "Every date or time expression.",
    "extract",
    ("document_id", "start", "end"),
    (
        _DOCUMENT_ID,
        _START,
        _END,
        _SURFACE,
        Column("value", "VARCHAR", "TIMEX3 value: 2018-05-30, 2018-W22, 2018-02, P3D, PRESENT_REF; NULL where unknown"),
        Column("date_from", "DATE", "first day that it may mean; NULL where it means no day"),
        Column("date_to", "DATE", "last day that it may mean; NULL where it means no day"),
        _DATE_PRECISION,
    ),
)

EVENT_MENTIONS = Table(
    "event_mentions",
    "Every place in a text where an event is reported.",
    "extract",
    ("event_mention_id",),
    (
        Column("event_mention_id", "VARCHAR", "key", required=True),
        _DOCUMENT_ID,
        Column("event_id", "VARCHAR", "the event that it reports; NULL where negated or hypothetical"),
        Column("sentence_start", "INTEGER", "start of the sentence that says so", _CHARACTERS, required=True),
        Column("sentence_end", "INTEGER", "end of that sentence, exclusive", _CHARACTERS, required=True),
        Column("trigger_start", "INTEGER", "start of the words that denote the event", _CHARACTERS, required=True),
        Column("trigger_end", "INTEGER", "end of those words, exclusive", _CHARACTERS, required=True),
        Column("trigger", "VARCHAR", "the words that denote the event", required=True),
        _EVENT_TYPE,
        _EVENT_MODE,
        _CONTEXTS,
        Column(
            "modality", "VARCHAR", "asserted, negated, planned, hypothetical, demanded or historical", required=True
        ),
        *_OCCURRED,
        Column("place_id", "VARCHAR", "entity_id of the place where it happened; NULL where unknown"),
        *_CASUALTIES,
        Column("attributed_to", "VARCHAR", "entity_id of who says so; NULL where the article itself says so"),
        Column("confidence", "DOUBLE", "how sure the row is", _SHARE, required=True),
        Column("evidence", "VARCHAR", "the lexicon entry or rule that found it", required=True),
    ),
    order=("document_id", "trigger_start", "event_mention_id"),
)

EVENT_ARGUMENTS = Table(
    "event_arguments",
    "The words that fill an event mention's roles.",
    "extract",
    ("event_mention_id", "role", "start", "end"),
    (
        Column("event_mention_id", "VARCHAR", "the mention, see event_mentions", required=True),
        Column("role", "VARCHAR", "actor, recipient, location, date, instrument, killed or wounded", required=True),
        _DOCUMENT_ID,
        _START,
        _END,
        _SURFACE,
        Column("entity_id", "VARCHAR", "the entity that the words stand for; NULL where they stand for none"),
    ),
)

DUPLICATES = Table(
    "duplicates",
    "One row per article that repeats an earlier one nearly word for word.",
    "load",
    ("document_id",),
    (
        _DOCUMENT_ID,
        Column("duplicate_of", "VARCHAR", "document_id of the earliest near-identical article", required=True),
        Column("similarity", "DOUBLE", "estimated Jaccard similarity of the two texts' word 5-grams", _SHARE, True),
    ),
    public=False,
)

ENTITIES = Table(
    "entities",
    "One row per real-world entity, across all articles.",
    "load",
    ("entity_id",),
    (
        Column("entity_id", "VARCHAR", "key", required=True),
        _ENTITY_TYPE,
        Column("name", "VARCHAR", "its usual name", required=True),
        Column("aliases", "VARCHAR[]", "the other names that articles call it by", required=True),
        _COUNTRY,
        _SECTOR,
        _WIKIDATA_ID,
        _GEONAMES_ID,
        *_POINT,
        _FEATURE_CODE,
        _ADMIN1,
        Column("mention_count", "INTEGER", "mentions in all articles", "mentions", required=True),
        Column("document_count", "INTEGER", "articles that mention it", "articles", required=True),
        Column("first_seen", "DATE", "earliest publication day among these articles; NULL where none is dated"),
        Column("last_seen", "DATE", "latest publication day among these articles; NULL where none is dated"),
    ),
)

EVENTS = Table(
    "events",
    "One row per real-world event, across all articles.",
    "load",
    ("event_id",),
    (
        Column("event_id", "VARCHAR", "key", required=True),
        _EVENT_TYPE,
        _EVENT_MODE,
        Column(
            "modality", "VARCHAR", "the strongest of its mentions: asserted, historical, planned, demanded", None, True
        ),
        _CONTEXTS,
        Column("cameo_root", "VARCHAR", "two-digit CAMEO root code that the type corresponds to", required=True),
        Column(
            "quad_class", "INTEGER", "1 and 2 verbal and material cooperation, 3 and 4 the same of conflict", None, True
        ),
        Column("goldstein", "DOUBLE", "PLOVER's conflict-cooperation score of type and mode", "-10..10", required=True),
        *_OCCURRED,
        Column("place_id", "VARCHAR", "entity_id of the place; NULL where unknown"),
        Column("place_name", "VARCHAR", "name of the place"),
        *_POINT,
        Column("geo_precision", "VARCHAR", "how finely the place is known: exact, city, admin2, admin1 or country"),
        _ADMIN1,
        _COUNTRY,
        *_CASUALTIES,
        Column("mention_count", "INTEGER", "mentions that report it", "mentions", required=True),
        Column("document_count", "INTEGER", "articles that report it", "articles", required=True),
        Column("source_count", "INTEGER", "sources that report it", "sources", required=True),
        Column("first_published_at", "TIMESTAMPTZ", "earliest publication among its articles", "UTC"),
        Column("last_published_at", "TIMESTAMPTZ", "latest publication among its articles", "UTC"),
        Column("confidence", "DOUBLE", "how sure the row is", _SHARE, required=True),
        Column("summary", "VARCHAR", "one sentence quoted from the best article", required=True),
    ),
)

EVENT_PARTICIPANTS = Table(
    "event_participants",
    "Who took part in an event.",
    "load",
    ("event_id", "role", "entity_id", "surface"),
    (
        Column("event_id", "VARCHAR", "the event, see events", required=True),
        Column("role", "VARCHAR", "actor or recipient", required=True),
        Column("entity_id", "VARCHAR", "the entity, see entities; NULL where it could not be resolved"),
        Column("name", "VARCHAR", "name of the entity, or the surface where there is none", required=True),
        _COUNTRY,
        _SECTOR,
        Column("surface", "VARCHAR", "the words that name it in the best article", required=True),
    ),
)

RUNS = Table(
    "runs",
    "One row per run that published a snapshot.",
    "load",
    ("run_id",),
    (
        Column("run_id", "VARCHAR", "key: what the run published", required=True),
        Column("snapshot_id", "BIGINT", "the snapshot that the run published", required=True),
        Column("started_at", "TIMESTAMPTZ", "when the run began", "UTC", required=True),
        Column("finished_at", "TIMESTAMPTZ", "when its tables were complete", "UTC", required=True),
        Column("state", "VARCHAR", "completed, or incomplete where shards failed", required=True),
        Column("parameters", "VARCHAR", "the run's parameters, JSON", required=True),
        Column("code_version", "VARCHAR", "digest of the code that read the articles", required=True),
        Column("model_version", "VARCHAR", "name, version and digest of the language model", required=True),
        Column("seeds_version", "VARCHAR", "digest of the reference data", required=True),
        Column("discovered", "INTEGER", "records found in the input", "records", required=True),
        Column("unchanged", "INTEGER", "records that the warehouse already had", "records", required=True),
        Column("documents", "INTEGER", "articles accepted by this run", "articles", required=True),
        Column("rejections", "INTEGER", "records rejected by this run", "records", required=True),
        Column("entity_mentions", "INTEGER", "rows written by this run", "rows", required=True),
        Column("time_mentions", "INTEGER", "rows written by this run", "rows", required=True),
        Column("event_mentions", "INTEGER", "rows written by this run", "rows", required=True),
        Column("event_arguments", "INTEGER", "rows written by this run", "rows", required=True),
        Column("entities", "INTEGER", "entities in the warehouse after this run", "rows", required=True),
        Column("events", "INTEGER", "events in the warehouse after this run", "rows", required=True),
        Column("event_participants", "INTEGER", "participants in the warehouse after this run", "rows", required=True),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        RAW_DOCUMENTS,
        DOCUMENTS,
        REJECTIONS,
        ENTITY_MENTIONS,
        DOCUMENT_ENTITIES,
        TIME_MENTIONS,
        EVENT_MENTIONS,
        EVENT_ARGUMENTS,
        DUPLICATES,
        ENTITIES,
        EVENTS,
        EVENT_PARTICIPANTS,
        RUNS,
    )
}
"""Every table by name, in the order of the flow."""

DERIVED_COLUMNS: dict[str, tuple[Column, ...]] = {
    "documents": (
        Column("duplicate_of", "VARCHAR", "document_id of the earliest near-identical article; NULL for an original"),
    ),
}
"""Columns that a table's view adds to its files, because they are known only across articles (see `warehouse/views`)."""
