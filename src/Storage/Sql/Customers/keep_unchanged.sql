-- Keeps the answer of an idempotent request that changed nothing, provided that the customer still
-- has the version that it was decided on. Parameters: $1 customer id, $2 scope, $3 fingerprint,
-- $4 code, $5 version, $6 reply, $7 created_at. Returns one row: whether it has. A repetition
-- changes nothing. Indexes: users_pkey, idempotent_replies_pkey.
WITH decided AS (
    SELECT u.id
    FROM users u
    WHERE u.id = $1 AND u.version = $5 AND u.deleted_at IS NULL
), kept AS (
    INSERT INTO idempotent_replies
        (customer_id, scope, fingerprint, code, version, reply, created_at)
    SELECT d.id, $2, $3, $4, $5, $6, $7
    FROM decided d
    ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT 1 FROM decided)
