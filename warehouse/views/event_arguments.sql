SELECT files.* REPLACE (coalesce(links.merged_into, files.entity_id) AS entity_id)
FROM {event_arguments} AS files
LEFT JOIN {entity_links} AS links ON links.document_id = files.document_id AND links.entity_id = files.entity_id
