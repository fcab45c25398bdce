-- Hands a message to the courier, in the transaction of what it tells about.
-- $1 id, $2 payload (bytea, sealed), $3 expires_at, $4 now.
INSERT INTO courier_messages (id, payload, next_attempt_at, expires_at, created_at)
VALUES ($1, $2, $4, $3, $4);
