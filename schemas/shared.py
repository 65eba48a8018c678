"""The columns that several tables have, and the units in use.

Belongs here: a column that means the same wherever it stands. Does not belong here: columns of one table alone.
"""

from __future__ import annotations

from schemas.columns import Column
from schemas.vocabulary import DATE_PRECISIONS, ENTITY_TYPES, EVENT_TYPES, GEO_PRECISIONS, TOLL_KINDS

COUNT = (0, None)
"""Limits of offsets and counts, for `Column.between`."""

CHARACTERS = "characters (Unicode code points) from the start of documents.text"
CHARACTERS_LONG = "characters (Unicode code points)"
PEOPLE = "people"
SHARE = "0..1"
WITHIN_SHARE = (0, 1)
DEGREES = "degrees, WGS 84"

DOCUMENT_ID = Column("document_id", "VARCHAR", "the article, see documents", required=True, references="documents")
SOURCE_ID = Column("source_id", "VARCHAR", "the source that the record came from", required=True)
RECORD_ID = Column(
    "record_id",
    "VARCHAR",
    "the source's own id of the record: the `id` of a JSONL record, the guid of a feed, an address, or the file name",
    required=True,
)
START = Column("start", "INTEGER", "where the surface begins", CHARACTERS, required=True, between=COUNT)
END = Column("end", "INTEGER", "where the surface ends, exclusive", CHARACTERS, required=True, between=COUNT)
SURFACE = Column("surface", "VARCHAR", "the words as they stand in the text at start..end", required=True)
ENTITY_TYPE = Column(
    "entity_type", "VARCHAR", "person, organization, group or place", required=True, values=tuple(ENTITY_TYPES)
)
COUNTRY = Column("country", "VARCHAR", "ISO 3166-1 alpha-3 code of the country; NULL where unknown")
SECTOR = Column("sector", "VARCHAR", "PLOVER sector code: GOV, MIL, COP, REB, ...; NULL where unknown")
DATE_PRECISION = Column(
    "date_precision",
    "VARCHAR",
    "how finely the date is known: day, week, month, quarter, year or decade",
    values=DATE_PRECISIONS,
)
EVENT_TYPE = Column("event_type", "VARCHAR", "PLOVER event type", required=True, values=tuple(EVENT_TYPES))
EVENT_MODE = Column("event_mode", "VARCHAR", "PLOVER mode within the type; NULL where none applies")
CONTEXTS = Column("contexts", "VARCHAR[]", "PLOVER contexts: military, diplomatic, economic, legal, ...", required=True)
OCCURRED = (
    Column("occurred_from", "DATE", "first day on which it may have happened; NULL where unknown"),
    Column("occurred_to", "DATE", "last day on which it may have happened; NULL where unknown"),
    DATE_PRECISION,
)
TOLLS = tuple(
    column
    for kind, what in TOLL_KINDS.items()
    for column in (
        Column(f"{kind}_min", "INTEGER", f"people {what}, at least; NULL where not reported", PEOPLE, between=COUNT),
        Column(
            f"{kind}_max",
            "INTEGER",
            f"people {what}, at most; NULL where not reported or open-ended",
            PEOPLE,
            between=COUNT,
        ),
    )
)
POINT = (
    Column("latitude", "DOUBLE", "north positive; NULL where the place has no known point", DEGREES, between=(-90, 90)),
    Column(
        "longitude", "DOUBLE", "east positive; NULL where the place has no known point", DEGREES, between=(-180, 180)
    ),
)
GEO_PRECISION = Column(
    "geo_precision",
    "VARCHAR",
    "how finely the place is known: exact, city, admin2, admin1 or country; NULL where it has no point",
    values=GEO_PRECISIONS,
)
POINT_RADIUS = Column(
    "point_radius_km",
    "DOUBLE",
    "how far from the point the place may be, of a place given by distance; NULL where its own extent says it",
    "kilometres",
    between=(0, None),
)
ADMIN1 = Column("admin1", "VARCHAR", "name of the province, state or region that holds the place")
GEONAMES_ID = Column("geonames_id", "BIGINT", "GeoNames id of the place; NULL for what is no place or not in GeoNames")
WIKIDATA_ID = Column("wikidata_id", "VARCHAR", "Wikidata item, such as Q889; NULL where not known for certain")
FEATURE_CODE = Column("feature_code", "VARCHAR", "GeoNames feature code of a place: PCLI, ADM1, PPLC, ...")
