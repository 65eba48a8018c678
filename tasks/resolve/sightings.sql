-- Named persons and organisations that other articles may name too, each with the countries that its article is about.
WITH weighed AS (
    SELECT document_id, country, sum(mention_count) AS weight
    FROM document_entities
    WHERE country IS NOT NULL
    GROUP BY document_id, country
),

context AS (
    SELECT document_id, list(country) AS countries
    FROM (FROM weighed QUALIFY weight * 5 >= sum(weight) OVER (PARTITION BY document_id))
    GROUP BY document_id
)

SELECT
    document_id, entity_id, entity_key, name, country, sector,
    coalesce(context.countries, []) AS countries
FROM document_entities
LEFT JOIN context USING (document_id)
WHERE
    (entity_type = 'person' AND starts_with(entity_key, 'person:') AND NOT starts_with(entity_key, 'person:' || document_id))
    OR (entity_type = 'organization' AND starts_with(entity_key, 'org:'))
ORDER BY document_id, entity_id
