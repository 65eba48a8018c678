"""The tables of extract: what stands in one article, each row with its offsets.

Belongs here: names, types, meanings and units. Does not belong here: how a value is computed.
"""

from __future__ import annotations

from schemas.columns import Column, Table
from schemas.shared import (
    ADMIN1,
    CHARACTERS,
    CONTEXTS,
    COUNT,
    COUNTRY,
    DATE_PRECISION,
    DOCUMENT_ID,
    END,
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
    START,
    SURFACE,
    TOLLS,
    WIKIDATA_ID,
    WITHIN_SHARE,
)
from schemas.vocabulary import ARGUMENT_ROLES, MENTION_KINDS, MODALITIES

ENTITY_MENTIONS = Table(
    "entity_mentions",
    "Every place in a text where an entity is named or described.",
    "extract",
    ("mention_id",),
    (
        Column("mention_id", "VARCHAR", "key", required=True),
        DOCUMENT_ID,
        START,
        END,
        SURFACE,
        ENTITY_TYPE,
        Column("mention_kind", "VARCHAR", "name, nominal or pronoun", required=True, values=tuple(MENTION_KINDS)),
        Column(
            "entity_id",
            "VARCHAR",
            "the entity, see entities; NULL where it could not be resolved",
            references="entities",
        ),
        Column(
            "link_score",
            "DOUBLE",
            "how sure the link to the entity is; NULL where there is none",
            SHARE,
            between=WITHIN_SHARE,
        ),
    ),
    order=("document_id", "start", "end", "mention_id"),
)

DOCUMENT_ENTITIES = Table(
    "document_entities",
    "What one article says of one entity: the evidence from which entities are put together.",
    "extract",
    ("document_id", "entity_id"),
    (
        DOCUMENT_ID,
        Column(
            "entity_id",
            "VARCHAR",
            "the id that the article's own reading gave; entity_links tells which entity it is",
            required=True,
        ),
        Column(
            "entity_key",
            "VARCHAR",
            "what the id was made from: its kind (actor, person, org, place, group), then what tells it from others",
            required=True,
        ),
        ENTITY_TYPE,
        Column("name", "VARCHAR", "its fullest name in the article, or its name in the reference data", required=True),
        Column("aliases", "VARCHAR[]", "the other names that the article calls it by", required=True),
        COUNTRY,
        SECTOR,
        WIKIDATA_ID,
        GEONAMES_ID,
        *POINT,
        FEATURE_CODE,
        ADMIN1,
        GEO_PRECISION,
        POINT_RADIUS,
        Column("mention_count", "INTEGER", "mentions in the article", "mentions", required=True, between=COUNT),
    ),
    public=False,
)

TIME_MENTIONS = Table(
    "time_mentions",
    "Every date or time expression.",
    "extract",
    ("document_id", "start", "end"),
    (
        DOCUMENT_ID,
        START,
        END,
        SURFACE,
        Column("value", "VARCHAR", "TIMEX3 value: 2018-05-30, 2018-W22, 2018-02, P3D, PRESENT_REF; NULL where unknown"),
        Column("date_from", "DATE", "first day that it may mean; NULL where it means no day"),
        Column("date_to", "DATE", "last day that it may mean; NULL where it means no day"),
        DATE_PRECISION,
    ),
)

EVENT_MENTIONS = Table(
    "event_mentions",
    "Every place in a text where an event is reported.",
    "extract",
    ("event_mention_id",),
    (
        Column("event_mention_id", "VARCHAR", "key", required=True),
        DOCUMENT_ID,
        Column(
            "event_id",
            "VARCHAR",
            "the event that it reports; NULL where negated, hypothetical or a total over several events",
            references="events",
        ),
        Column(
            "sentence_start", "INTEGER", "start of the sentence that says so", CHARACTERS, required=True, between=COUNT
        ),
        Column("sentence_end", "INTEGER", "end of that sentence, exclusive", CHARACTERS, required=True, between=COUNT),
        Column(
            "trigger_start",
            "INTEGER",
            "start of the words that denote the event",
            CHARACTERS,
            required=True,
            between=COUNT,
        ),
        Column("trigger_end", "INTEGER", "end of those words, exclusive", CHARACTERS, required=True, between=COUNT),
        Column("trigger", "VARCHAR", "the words that denote the event", required=True),
        EVENT_TYPE,
        EVENT_MODE,
        CONTEXTS,
        Column(
            "modality",
            "VARCHAR",
            "asserted, negated, planned, hypothetical, demanded or historical",
            required=True,
            values=tuple(MODALITIES),
        ),
        *OCCURRED,
        Column(
            "date_certainty",
            "DOUBLE",
            "how sure it is that it happened in these days, less the further from the event they are stated; "
            "NULL where the days are unknown",
            SHARE,
            between=WITHIN_SHARE,
        ),
        Column(
            "place_id", "VARCHAR", "entity_id of the place where it happened; NULL where unknown", references="entities"
        ),
        Column(
            "place_certainty",
            "DOUBLE",
            "how sure the place is: read in the sentence, taken from the event's other mentions, or from the story",
            SHARE,
            between=WITHIN_SHARE,
        ),
        *TOLLS,
        Column(
            "toll_is_cumulative",
            "BOOLEAN",
            "whether it counts all people so far (`the toll rose to 14`, `10,000 since the war began`), which are "
            "never to be added up; totals over several events have no event_id; NULL where nobody is counted",
        ),
        Column(
            "attributed_to",
            "VARCHAR",
            "entity_id of who says so; NULL where the article itself says so",
            references="entities",
        ),
        Column("confidence", "DOUBLE", "how sure the row is", SHARE, required=True, between=WITHIN_SHARE),
        Column("evidence", "VARCHAR", "the lexicon entry or rule that found it", required=True),
        Column(
            "alternatives",
            "VARCHAR[]",
            "other readings of the trigger that lost, the likeliest first: type/mode and the entry",
            required=True,
        ),
    ),
    order=("document_id", "trigger_start", "event_mention_id"),
)

EVENT_ARGUMENTS = Table(
    "event_arguments",
    "The words that fill an event mention's roles.",
    "extract",
    ("event_mention_id", "role", "start", "end"),
    (
        Column(
            "event_mention_id", "VARCHAR", "the mention, see event_mentions", required=True, references="event_mentions"
        ),
        Column(
            "role",
            "VARCHAR",
            f"{', '.join(tuple(ARGUMENT_ROLES)[:-1])} or {tuple(ARGUMENT_ROLES)[-1]}",
            required=True,
            values=tuple(ARGUMENT_ROLES),
        ),
        DOCUMENT_ID,
        START,
        END,
        SURFACE,
        Column(
            "entity_id",
            "VARCHAR",
            "the entity that the words stand for; NULL where they stand for none",
            references="entities",
        ),
    ),
)
