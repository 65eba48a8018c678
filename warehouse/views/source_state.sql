SELECT * FROM {source_state}
QUALIFY row_number() OVER (PARTITION BY source_id, url ORDER BY started_at DESC) = 1
