SELECT files.* REPLACE (
    coalesce(links.merged_into, files.entity_id) AS entity_id,
    round(files.link_score * coalesce(links.score, 1), 3) AS link_score
)
FROM {entity_mentions} AS files
LEFT JOIN {entity_links} AS links ON links.document_id = files.document_id AND links.entity_id = files.entity_id
