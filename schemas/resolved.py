"""The tables of load: what is known only across articles, and the runs.

Belongs here: names, types, meanings and units. Does not belong here: how a value is computed.
"""

from __future__ import annotations

from schemas.columns import Column, Table
from schemas.shared import (
    ADMIN1,
    CONTEXTS,
    COUNT,
    COUNTRY,
    DOCUMENT_ID,
    ENTITY_TYPE,
    EVENT_MODE,
    EVENT_TYPE,
    FEATURE_CODE,
    GEO_PRECISION,
    GEONAMES_ID,
    OCCURRED,
    POINT,
    POINT_RADIUS,
    SECTOR,
    SHARE,
    TOLLS,
    WIKIDATA_ID,
    WITHIN_SHARE,
)
from schemas.vocabulary import EVENT_MODALITIES, PARTICIPANT_ROLES, RUN_STATES

DUPLICATES = Table(
    "duplicates",
    "One row per article that repeats an earlier one nearly word for word.",
    "load",
    ("document_id",),
    (
        DOCUMENT_ID,
        Column(
            "duplicate_of",
            "VARCHAR",
            "document_id of the earliest near-identical article",
            required=True,
            references="documents",
        ),
        Column(
            "similarity",
            "DOUBLE",
            "estimated Jaccard similarity of the two texts' word 5-grams",
            SHARE,
            required=True,
            between=WITHIN_SHARE,
        ),
    ),
    public=False,
)

EVENT_LINKS = Table(
    "event_links",
    "One row per event id that turned out to be another event: mentions that carry it report the other one.",
    "load",
    ("event_id",),
    (
        Column("event_id", "VARCHAR", "the id that the article's own reading gave", required=True),
        Column("merged_into", "VARCHAR", "the event that it is", required=True, references="events"),
    ),
    public=False,
)

ENTITY_LINKS = Table(
    "entity_links",
    "One row per person or organisation of an article that is another entity than its own reading says.",
    "load",
    ("document_id", "entity_id"),
    (
        DOCUMENT_ID,
        Column("entity_id", "VARCHAR", "the id that the article's own reading gave", required=True),
        Column("merged_into", "VARCHAR", "the entity that it is", required=True, references="entities"),
        Column("score", "DOUBLE", "how sure the link is", SHARE, required=True, between=WITHIN_SHARE),
        Column(
            "reason",
            "VARCHAR",
            "how the names differ (same, spelling, nickname, middle name, initial, form), then what else joins them: "
            "country, context (the article is about the entity's country), no other (nobody else has the name), other "
            "country (the articles contradict); or namesakes, where several have the name and none can be told",
            required=True,
        ),
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
        ENTITY_TYPE,
        Column("name", "VARCHAR", "its usual name", required=True),
        Column("aliases", "VARCHAR[]", "the other names that articles call it by", required=True),
        COUNTRY,
        SECTOR,
        WIKIDATA_ID,
        GEONAMES_ID,
        *POINT,
        FEATURE_CODE,
        ADMIN1,
        GEO_PRECISION,
        POINT_RADIUS,
        Column("mention_count", "INTEGER", "mentions in all articles", "mentions", required=True, between=COUNT),
        Column("document_count", "INTEGER", "articles that mention it", "articles", required=True, between=COUNT),
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
        EVENT_TYPE,
        EVENT_MODE,
        Column(
            "modality",
            "VARCHAR",
            "the strongest of its mentions: asserted, historical, planned, demanded",
            required=True,
            values=EVENT_MODALITIES,
        ),
        CONTEXTS,
        Column("cameo_root", "VARCHAR", "two-digit CAMEO root code that the type corresponds to", required=True),
        Column(
            "quad_class",
            "INTEGER",
            "1 and 2 verbal and material cooperation, 3 and 4 the same of conflict",
            required=True,
            between=(1, 4),
        ),
        Column(
            "goldstein",
            "DOUBLE",
            "PLOVER's conflict-cooperation score of type and mode",
            "-10..10",
            required=True,
            between=(-10, 10),
        ),
        *OCCURRED,
        Column("place_id", "VARCHAR", "entity_id of the place; NULL where unknown", references="entities"),
        Column("place_name", "VARCHAR", "name of the place"),
        *POINT,
        GEO_PRECISION,
        POINT_RADIUS,
        ADMIN1,
        COUNTRY,
        *TOLLS,
        Column("mention_count", "INTEGER", "mentions that report it", "mentions", required=True, between=COUNT),
        Column("document_count", "INTEGER", "articles that report it", "articles", required=True, between=COUNT),
        Column("source_count", "INTEGER", "sources that report it", "sources", required=True, between=COUNT),
        Column("first_published_at", "TIMESTAMPTZ", "earliest publication among its articles", "UTC"),
        Column("last_published_at", "TIMESTAMPTZ", "latest publication among its articles", "UTC"),
        Column("confidence", "DOUBLE", "how sure the row is", SHARE, required=True, between=WITHIN_SHARE),
        Column("summary", "VARCHAR", "one sentence quoted from the best article", required=True),
    ),
)

EVENT_PARTICIPANTS = Table(
    "event_participants",
    "Who took part in an event.",
    "load",
    ("event_id", "role", "entity_id", "surface"),
    (
        Column("event_id", "VARCHAR", "the event, see events", required=True, references="events"),
        Column("role", "VARCHAR", "actor or recipient", required=True, values=PARTICIPANT_ROLES),
        Column(
            "entity_id",
            "VARCHAR",
            "the entity, see entities; NULL where it could not be resolved",
            references="entities",
        ),
        Column("name", "VARCHAR", "name of the entity, or the surface where there is none", required=True),
        COUNTRY,
        SECTOR,
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
        Column(
            "state",
            "VARCHAR",
            "completed, or incomplete where something is missing",
            required=True,
            values=tuple(RUN_STATES),
        ),
        Column("parameters", "VARCHAR", "the run's parameters, JSON", required=True),
        Column("code_version", "VARCHAR", "digest of the code that read the articles", required=True),
        Column("model_version", "VARCHAR", "name, version and digest of the language model", required=True),
        Column("seeds_version", "VARCHAR", "digest of the reference data", required=True),
        Column("discovered", "INTEGER", "records found in the input", "records", required=True, between=COUNT),
        Column(
            "unchanged", "INTEGER", "records that the warehouse already had", "records", required=True, between=COUNT
        ),
        Column("documents", "INTEGER", "articles accepted by this run", "articles", required=True, between=COUNT),
        Column("rejections", "INTEGER", "records rejected by this run", "records", required=True, between=COUNT),
        Column("entity_mentions", "INTEGER", "rows written by this run", "rows", required=True, between=COUNT),
        Column("time_mentions", "INTEGER", "rows written by this run", "rows", required=True, between=COUNT),
        Column("event_mentions", "INTEGER", "rows written by this run", "rows", required=True, between=COUNT),
        Column("event_arguments", "INTEGER", "rows written by this run", "rows", required=True, between=COUNT),
        Column("entities", "INTEGER", "entities in the warehouse after this run", "rows", required=True, between=COUNT),
        Column("events", "INTEGER", "events in the warehouse after this run", "rows", required=True, between=COUNT),
        Column(
            "event_participants",
            "INTEGER",
            "participants in the warehouse after this run",
            "rows",
            required=True,
            between=COUNT,
        ),
    ),
)
