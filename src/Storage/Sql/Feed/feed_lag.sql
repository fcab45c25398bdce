-- How late each partition's feed is. Returns every partition, with the time of its first row that
-- is not delivered yet (null: none). Indexes: stream_checkpoints_pkey, customer_event_feed.
SELECT c.partition,
       (SELECT e.at FROM customer_event e
        WHERE e.partition = c.partition AND (e.xid, e.id) > (c.xid, c.id)
        ORDER BY e.xid, e.id LIMIT 1)
FROM stream_checkpoints c
ORDER BY c.partition
