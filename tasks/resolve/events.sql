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

-- One row per mention and kind of harm that it counts.
counted AS (
    SELECT event_id, document_id, published_at, toll_is_cumulative IS true AS so_far, toll.*
    FROM (
        SELECT event_id, document_id, published_at, toll_is_cumulative, unnest([
            {'kind': 'killed', 'low': killed_min, 'high': killed_max},
            {'kind': 'wounded', 'low': wounded_min, 'high': wounded_max},
            {'kind': 'kidnapped', 'low': kidnapped_min, 'high': kidnapped_max},
            {'kind': 'arrested', 'low': arrested_min, 'high': arrested_max},
            {'kind': 'displaced', 'low': displaced_min, 'high': displaced_max}
        ]) AS toll
        FROM mention
    )
    WHERE toll.low IS NOT NULL
),

-- Where an article tells how a toll rose, the latest state of it counts, not what it was before.
current AS (
    SELECT *
    FROM counted
    QUALIFY so_far = bool_or(so_far) OVER (PARTITION BY event_id, document_id, kind)
),

-- Within an article the mentions of an event narrow each other down; where they do not meet, the widest stands, of a
-- toll that rose the highest.
article AS (
    SELECT
        event_id,
        kind,
        min(published_at) AS published_at,
        bool_or(so_far) AS so_far,
        coalesce(min(high) >= max(low), true) AS meets,
        CASE WHEN meets OR bool_or(so_far) THEN max(low) ELSE min(low) END AS low,
        CASE WHEN meets THEN min(high) WHEN bool_or(high IS NULL) THEN NULL ELSE max(high) END AS high
    FROM current
    GROUP BY event_id, document_id, kind
),

-- Across articles, what a later one says that the toll rose beyond counts no more.
standing_report AS (
    SELECT report.*
    FROM article AS report
    WHERE NOT EXISTS (
        FROM article AS later
        WHERE later.event_id = report.event_id AND later.kind = report.kind AND later.so_far
            AND later.low > coalesce(report.high, report.low) AND coalesce(report.published_at <= later.published_at, true)
    )
),

-- The interval runs from the lowest report to the highest; it is open above where the highest is.
toll AS (
    SELECT
        event_id,
        kind,
        min(low) AS low,
        CASE WHEN max(low) FILTER (high IS NULL) >= coalesce(max(high), -1) THEN NULL ELSE max(high) END AS high
    FROM standing_report
    GROUP BY event_id, kind
),

tolls AS (
    SELECT
        event_id,
        max(low) FILTER (kind = 'killed') AS killed_min,
        max(high) FILTER (kind = 'killed') AS killed_max,
        max(low) FILTER (kind = 'wounded') AS wounded_min,
        max(high) FILTER (kind = 'wounded') AS wounded_max,
        max(low) FILTER (kind = 'kidnapped') AS kidnapped_min,
        max(high) FILTER (kind = 'kidnapped') AS kidnapped_max,
        max(low) FILTER (kind = 'arrested') AS arrested_min,
        max(high) FILTER (kind = 'arrested') AS arrested_max,
        max(low) FILTER (kind = 'displaced') AS displaced_min,
        max(high) FILTER (kind = 'displaced') AS displaced_max
    FROM toll
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
    tolls.killed_min, tolls.killed_max,
    tolls.wounded_min, tolls.wounded_max,
    tolls.kidnapped_min, tolls.kidnapped_max,
    tolls.arrested_min, tolls.arrested_max,
    tolls.displaced_min, tolls.displaced_max,
    summed.mention_count, summed.document_count, summed.source_count,
    summed.first_published_at, summed.last_published_at, summed.confidence, summed.summary
FROM summed
LEFT JOIN tolls USING (event_id)
JOIN event_classes AS class
    ON class.event_type = summed.event_type AND class.event_mode = coalesce(summed.event_mode, '')
LEFT JOIN place ON place.entity_id = summed.place_id
ORDER BY summed.event_id
