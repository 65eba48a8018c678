-- One row per entity: what its articles say of it most often, ties in order of the alphabet.
-- Who turned out to be a listed actor is described as the reference data does.
WITH said AS (
    SELECT
        document_entities.* REPLACE (
            coalesce(links.merged_into, document_entities.entity_id) AS entity_id,
            coalesce(actors.name, document_entities.name) AS name,
            coalesce(actors.entity_type, document_entities.entity_type) AS entity_type,
            CASE WHEN actors.name IS NULL THEN document_entities.country ELSE actors.country END AS country,
            CASE WHEN actors.name IS NULL THEN document_entities.sector ELSE actors.sector END AS sector,
            coalesce(actors.wikidata_id, document_entities.wikidata_id) AS wikidata_id
        ),
        documents.published_on
    FROM document_entities
    JOIN documents USING (document_id)
    LEFT JOIN entity_links AS links
        ON links.document_id = document_entities.document_id AND links.entity_id = document_entities.entity_id
    LEFT JOIN listed_actors AS actors ON actors.entity_id = links.merged_into
),

weighed AS (
    SELECT entity_id, attribute, value, sum(mention_count + 1) AS weight
    FROM (
        SELECT entity_id, mention_count, 'name' AS attribute, name AS value FROM said
        UNION ALL SELECT entity_id, mention_count, 'entity_type', entity_type FROM said
        UNION ALL SELECT entity_id, mention_count, 'country', country FROM said
        UNION ALL SELECT entity_id, mention_count, 'sector', sector FROM said
    )
    WHERE value IS NOT NULL
    GROUP BY entity_id, attribute, value
),

chosen AS (
    SELECT
        entity_id,
        arg_min(value, {'w': -weight, 'v': value}) FILTER (attribute = 'name') AS name,
        arg_min(value, {'w': -weight, 'v': value}) FILTER (attribute = 'entity_type') AS entity_type,
        arg_min(value, {'w': -weight, 'v': value}) FILTER (attribute = 'country') AS country,
        arg_min(value, {'w': -weight, 'v': value}) FILTER (attribute = 'sector') AS sector
    FROM weighed
    GROUP BY entity_id
),

counted AS (
    SELECT
        entity_id,
        list_sort(list_distinct(flatten(list(aliases)))) AS aliases,
        max(wikidata_id) AS wikidata_id,
        max(geonames_id) AS geonames_id,
        -- Of a place that is known by what articles say of its surroundings, the finest point counts.
        arg_min(
            {'latitude': latitude, 'longitude': longitude, 'radius': point_radius_km, 'precision': geo_precision},
            {
                'p': coalesce(list_position(['exact', 'city', 'admin2', 'admin1', 'country'], geo_precision), 9),
                'r': coalesce(point_radius_km, 0),
                'd': document_id
            }
        ) AS point,
        max(feature_code) AS feature_code,
        max(admin1) AS admin1,
        sum(mention_count) AS mention_count,
        count(DISTINCT document_id) AS document_count,
        min(published_on) AS first_seen,
        max(published_on) AS last_seen
    FROM said
    GROUP BY entity_id
)

SELECT
    entity_id, entity_type, name,
    list_filter(aliases, lambda alias: alias <> name) AS aliases,
    country, sector, wikidata_id, geonames_id, point.latitude, point.longitude, feature_code, admin1,
    point.precision AS geo_precision, point.radius AS point_radius_km,
    mention_count, document_count, first_seen, last_seen
FROM chosen
JOIN counted USING (entity_id)
ORDER BY entity_id
