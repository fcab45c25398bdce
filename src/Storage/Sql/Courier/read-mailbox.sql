-- The newest messages to one contact, newest first.
-- $1 destination_index (bytea, 32 bytes), $2 rows at most (integer).
-- Returns id, payload, sent_at. Uses dev_mailbox_by_destination.
SELECT id, payload, sent_at
FROM dev_mailbox
WHERE destination_index = $1
ORDER BY position DESC
LIMIT $2;
