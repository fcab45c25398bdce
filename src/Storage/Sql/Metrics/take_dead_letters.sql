-- Dead letters of a subscriber that were not replayed yet, oldest first; locks them. Parameters:
-- $1 subscriber, $2 rows at most. Returns id, partition and the journal row. Indexes:
-- stream_dead_letters_open, customer_event_feed.
SELECT d.id, d.partition, e.xid, e.id, e.customer_id, e.sequence, e.command_id, e.actor_id,
       e.actor_role, e.at, e.events
FROM stream_dead_letters d
JOIN customer_event e ON e.partition = d.partition AND e.xid = d.xid AND e.id = d.row_id
WHERE d.subscriber = $1 AND d.replayed_at IS NULL
ORDER BY d.id
LIMIT $2
FOR UPDATE OF d SKIP LOCKED
