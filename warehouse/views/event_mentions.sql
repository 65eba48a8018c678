SELECT files.* REPLACE (
    coalesce(links.merged_into, files.event_id) AS event_id,
    coalesce(speakers.merged_into, files.attributed_to) AS attributed_to
)
FROM {event_mentions} AS files
LEFT JOIN {event_links} AS links ON links.event_id = files.event_id
LEFT JOIN {entity_links} AS speakers
    ON speakers.document_id = files.document_id AND speakers.entity_id = files.attributed_to
