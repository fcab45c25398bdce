-- One export. Parameters: $1 id, $2 customer. At most one row: state, document, expires_at. Index:
-- privacy_exports_pkey.
SELECT state, document, expires_at
FROM privacy_exports
WHERE id = $1 AND user_id = $2
