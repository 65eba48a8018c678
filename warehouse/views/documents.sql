SELECT files.*, duplicates.duplicate_of
FROM {documents} AS files
LEFT JOIN {duplicates} AS duplicates USING (document_id)
