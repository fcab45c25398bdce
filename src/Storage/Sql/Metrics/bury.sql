-- Keeps a journal row that could not be counted, once. Parameters: $1 partition, $2 subscriber,
-- $3 xid, $4 id, $5 reason, $6 now. Index: stream_dead_letters_once.
INSERT INTO stream_dead_letters (partition, subscriber, xid, row_id, reason, created_at)
VALUES ($1, $2, $3::xid8, $4, $5, $6)
ON CONFLICT DO NOTHING
