-- Events of a near-identical article that its original reports in the same words: (event_id, merged_into).
WITH sentence AS (
    SELECT
        m.document_id,
        m.event_id,
        m.event_type,
        lower(m.trigger) AS trigger,
        regexp_replace(lower(substr(d.text, m.sentence_start + 1, m.sentence_end - m.sentence_start)), '\W+', ' ', 'g') AS words
    FROM event_mentions AS m
    JOIN documents AS d USING (document_id)
    WHERE m.event_id IS NOT NULL
)

SELECT copy.event_id, min(original.event_id) AS merged_into
FROM sentence AS copy
JOIN duplicates USING (document_id)
JOIN sentence AS original
    ON original.document_id = duplicates.duplicate_of
    AND original.event_type = copy.event_type
    AND original.trigger = copy.trigger
    AND original.words = copy.words
WHERE copy.event_id <> original.event_id
GROUP BY copy.event_id
ORDER BY copy.event_id
