SELECT files.* REPLACE (coalesce(links.merged_into, files.event_id) AS event_id)
FROM {event_mentions} AS files
LEFT JOIN {event_links} AS links ON links.event_id = files.event_id
