-- One row per event: the finest day and place, the casualties of all articles, the best article's words.
WITH place AS (
    SELECT * FROM entities WHERE entity_type = 'place'
),

mention AS (
    SELECT
        m.*,
        d.source_id,
        d.published_at,
        substr(d.text, m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
        list_position(['asserted', 'historical', 'planned', 'demanded'], m.modality) AS standing,
        coalesce(list_position(['day', 'week', 'month', 'quarter', 'year', 'decade'], m.date_precision), 9) AS coarseness,
        coalesce(list_position(['exact', 'city', 'admin2', 'admin1', 'country'], p.geo_precision), 9) AS spread,
        row_number() OVER (
            PARTITION BY m.event_id
            ORDER BY m.confidence DESC, d.published_at NULLS LAST, m.document_id, m.trigger_start, m.event_mention_id
        ) AS rank
    FROM event_mentions AS m
    JOIN documents AS d USING (document_id)
    LEFT JOIN place AS p ON p.entity_id = m.place_id
    WHERE m.event_id IS NOT NULL
),

-- Within an article the mentions of an event narrow each other down; where they do not meet, the widest stands.
article AS (
    SELECT
        event_id,
        document_id,
        CASE WHEN killed_meet THEN max_killed_min ELSE min_killed_min END AS killed_low,
        CASE WHEN killed_meet THEN min_killed_max WHEN killed_open THEN NULL ELSE max_killed_max END AS killed_high,
        CASE WHEN wounded_meet THEN max_wounded_min ELSE min_wounded_min END AS wounded_low,
        CASE WHEN wounded_meet THEN min_wounded_max WHEN wounded_open THEN NULL ELSE max_wounded_max END AS wounded_high
    FROM (
        SELECT
            event_id,
            document_id,
            max(killed_min) AS max_killed_min,
            min(killed_min) AS min_killed_min,
            max(killed_max) AS max_killed_max,
            min(killed_max) AS min_killed_max,
            coalesce(min(killed_max) >= max(killed_min), true) AS killed_meet,
            bool_or(killed_min IS NOT NULL AND killed_max IS NULL) AS killed_open,
            max(wounded_min) AS max_wounded_min,
            min(wounded_min) AS min_wounded_min,
            max(wounded_max) AS max_wounded_max,
            min(wounded_max) AS min_wounded_max,
            coalesce(min(wounded_max) >= max(wounded_min), true) AS wounded_meet,
            bool_or(wounded_min IS NOT NULL AND wounded_max IS NULL) AS wounded_open
        FROM mention
        GROUP BY event_id, document_id
    )
),

-- Across articles the interval runs from the lowest report to the highest; it is open above where the highest is.
casualties AS (
    SELECT
        event_id,
        min(killed_low) AS killed_min,
        CASE WHEN max(killed_low) FILTER (killed_high IS NULL) >= coalesce(max(killed_high), -1) THEN NULL ELSE max(killed_high) END AS killed_max,
        min(wounded_low) AS wounded_min,
        CASE WHEN max(wounded_low) FILTER (wounded_high IS NULL) >= coalesce(max(wounded_high), -1) THEN NULL ELSE max(wounded_high) END AS wounded_max
    FROM article
    GROUP BY event_id
),

summed AS (
    SELECT
        event_id,
        min(event_type) AS event_type,
        arg_min(event_mode, rank) AS event_mode,
        ['asserted', 'historical', 'planned', 'demanded'][min(standing)] AS modality,
        list_sort(list_distinct(flatten(list(contexts)))) AS contexts,
        arg_min({'f': occurred_from, 't': occurred_to, 'p': date_precision}, {'c': coarseness, 'r': rank}) AS occurred,
        arg_min(place_id, {'s': spread, 'r': rank}) AS place_id,
        count(*) AS mention_count,
        count(DISTINCT document_id) AS document_count,
        count(DISTINCT source_id) AS source_count,
        min(published_at) AS first_published_at,
        max(published_at) AS last_published_at,
        max(confidence) AS confidence,
        arg_min(sentence, rank) AS summary
    FROM mention
    GROUP BY event_id
)

SELECT
    summed.event_id, summed.event_type, summed.event_mode, summed.modality, summed.contexts,
    class.cameo_root, class.quad_class, class.goldstein,
    summed.occurred.f AS occurred_from, summed.occurred.t AS occurred_to, summed.occurred.p AS date_precision,
    summed.place_id, place.name AS place_name, place.latitude, place.longitude,
    place.geo_precision, place.point_radius_km,
    CASE WHEN place.feature_code = 'ADM1' THEN coalesce(place.admin1, place.name) ELSE place.admin1 END AS admin1,
    place.country,
    casualties.killed_min, casualties.killed_max, casualties.wounded_min, casualties.wounded_max,
    summed.mention_count, summed.document_count, summed.source_count,
    summed.first_published_at, summed.last_published_at, summed.confidence, summed.summary
FROM summed
JOIN casualties USING (event_id)
JOIN event_classes AS class
    ON class.event_type = summed.event_type AND class.event_mode = coalesce(summed.event_mode, '')
LEFT JOIN place ON place.entity_id = summed.place_id
ORDER BY summed.event_id
