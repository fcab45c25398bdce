-- The stored reply of an idempotent request. Parameters: $1 customer id, $2 scope,
-- $3 oldest creation time that still counts. At most one row. Index: idempotent_replies_pkey.
SELECT fingerprint, code, version, reply
FROM idempotent_replies
WHERE customer_id = $1 AND scope = $2 AND created_at > $3
