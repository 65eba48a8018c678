-- The sentences behind each event: one row per mention that reports it, quoted from its article.
SELECT
    event_mentions.event_id,
    event_mentions.event_mention_id,
    substr(documents.text, sentence_start + 1, sentence_end - sentence_start) AS sentence,
    event_mentions.trigger,
    event_mentions.event_type,
    event_mentions.event_mode,
    event_mentions.modality,
    event_mentions.occurred_from,
    event_mentions.occurred_to,
    event_mentions.killed_min,
    event_mentions.killed_max,
    event_mentions.wounded_min,
    event_mentions.wounded_max,
    event_mentions.kidnapped_min,
    event_mentions.kidnapped_max,
    event_mentions.arrested_min,
    event_mentions.arrested_max,
    event_mentions.displaced_min,
    event_mentions.displaced_max,
    event_mentions.toll_is_cumulative,
    event_mentions.confidence,
    event_mentions.document_id,
    documents.source_id,
    documents.url,
    documents.title,
    documents.published_at
FROM event_mentions
JOIN documents USING (document_id)
WHERE event_mentions.event_id IS NOT NULL
