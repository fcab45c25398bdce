-- Reads a partition on from a position, for its owner only. Below the oldest running transaction
-- nothing can appear in between any more, so nothing is ever passed over.
-- Parameters: $1 partition, $2 owner epoch, $3 xid, $4 id, $5 rows at most. Returns rows in feed
-- order, without the sealed personal members. Indexes: customer_event_feed, stream_checkpoints_pkey.
SELECT xid, id, customer_id, sequence, command_id, actor_id, actor_role, at, events
FROM customer_event
WHERE partition = $1
  AND (xid, id) > ($3::xid8, $4)
  AND xid < pg_snapshot_xmin(pg_current_snapshot())
  AND EXISTS (SELECT FROM stream_checkpoints c WHERE c.partition = $1 AND c.owner_epoch = $2)
ORDER BY xid, id
LIMIT $5
