-- Which of these partitions have rows to read. Parameters, parallel arrays: $1 partitions, $2 xids,
-- $3 ids read up to. Returns partitions. Index: customer_event_feed.
SELECT t.partition
FROM unnest($1::smallint[], $2::text[]::xid8[], $3::bigint[]) AS t (partition, xid, id)
WHERE EXISTS (
    SELECT FROM customer_event e
    WHERE e.partition = t.partition
      AND (e.xid, e.id) > (t.xid, t.id)
      AND e.xid < pg_snapshot_xmin(pg_current_snapshot()))
