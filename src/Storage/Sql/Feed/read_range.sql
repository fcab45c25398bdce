-- Reads a partition's journal rows between two positions. Parameters: $1 partition, $2 xid and
-- $3 id after which, $4 xid and $5 id up to which, $6 rows at most. Returns rows in feed order,
-- without the sealed personal members. Index: customer_event_feed.
SELECT xid, id, customer_id, sequence, command_id, actor_id, actor_role, at, events
FROM customer_event
WHERE partition = $1 AND (xid, id) > ($2::xid8, $3) AND (xid, id) <= ($4::xid8, $5)
ORDER BY xid, id
LIMIT $6
