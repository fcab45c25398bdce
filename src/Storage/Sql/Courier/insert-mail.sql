-- Delivers a message to the developer's mailbox; once, however often it is carried.
-- $1 id, $2 destination_index (bytea, 32 bytes), $3 payload (bytea, sealed), $4 now.
INSERT INTO dev_mailbox (id, destination_index, payload, sent_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT ON CONSTRAINT dev_mailbox_pkey DO NOTHING;
