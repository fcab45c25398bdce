-- Reads partitions on, each from a position and for its owner only. Below the oldest running
-- transaction nothing can appear in between any more, so nothing is ever passed over.
-- Parameters, parallel arrays: $1 partitions, $2 owner epochs, $3 xids, $4 ids, $5 rows at most.
-- Returns rows in feed order, without the sealed personal members; for a partition that somebody
-- else owns now one row of nulls. Indexes: customer_event_feed, stream_checkpoints_pkey.
SELECT t.partition,
       e.xid, e.id, e.customer_id, e.sequence, e.command_id, e.actor_id, e.actor_role, e.at, e.events
FROM unnest($1::smallint[], $2::bigint[], $3::text[]::xid8[], $4::bigint[], $5::integer[])
    AS t (partition, epoch, xid, id, rows_max)
LEFT JOIN stream_checkpoints c ON c.partition = t.partition AND c.owner_epoch = t.epoch
LEFT JOIN LATERAL (
    SELECT xid, id, customer_id, sequence, command_id, actor_id, actor_role, at, events
    FROM customer_event
    WHERE partition = c.partition
      AND (xid, id) > (t.xid, t.id)
      AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, id
    LIMIT t.rows_max) e ON true
WHERE c.partition IS NULL OR e.xid IS NOT NULL
ORDER BY t.partition, e.xid, e.id
