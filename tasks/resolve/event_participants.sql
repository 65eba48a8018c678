-- Who took part in each event: every actor and recipient of its mentions once, named as in the surest mention.
WITH named AS (
    SELECT
        m.event_id,
        a.role,
        a.entity_id,
        arg_min(a.surface, {'c': -m.confidence, 'm': m.event_mention_id, 's': a.start}) AS surface
    FROM event_arguments AS a
    JOIN event_mentions AS m USING (event_mention_id)
    WHERE m.event_id IS NOT NULL AND a.role IN ('actor', 'recipient')
    GROUP BY m.event_id, a.role, a.entity_id, CASE WHEN a.entity_id IS NULL THEN lower(a.surface) END
)

SELECT
    named.event_id, named.role, named.entity_id,
    coalesce(entities.name, named.surface) AS name,
    entities.country, entities.sector, named.surface
FROM named
LEFT JOIN entities USING (entity_id)
ORDER BY named.event_id, named.role, named.entity_id NULLS LAST, named.surface
