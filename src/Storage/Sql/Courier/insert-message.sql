-- Hands a message to the courier, in the transaction of what it tells about.
-- $1 id, $2 payload (bytea, sealed), $3 expires_at, $4 now, $5 destination_index (bytea, 32 bytes).
INSERT INTO courier_messages
    (id, payload, next_attempt_at, expires_at, created_at, destination_index)
VALUES ($1, $2, $4, $3, $4, $5);
