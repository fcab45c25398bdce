-- Keeps the answer of an idempotent request that changed nothing. Parameters: $1 customer id,
-- $2 scope, $3 fingerprint, $4 code, $5 version, $6 reply, $7 created_at. Returns nothing; a
-- repetition changes nothing. Index: idempotent_replies_pkey.
INSERT INTO idempotent_replies (customer_id, scope, fingerprint, code, version, reply, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT DO NOTHING
