-- Records up to where partitions are delivered. Parameters, parallel arrays: $1 partitions, $2 owner
-- epochs, $3 xids, $4 ids, $5 rows delivered; $6 now. Changes nothing of a partition that somebody
-- else owns now. Repeating it changes nothing. Index: stream_checkpoints_pkey.
UPDATE stream_checkpoints c
SET xid = t.xid, id = t.id, delivered = c.delivered + t.rows_delivered, updated_at = $6
FROM unnest($1::smallint[], $2::bigint[], $3::text[]::xid8[], $4::bigint[], $5::bigint[])
    AS t (partition, epoch, xid, id, rows_delivered)
WHERE c.partition = t.partition
  AND c.owner_epoch = t.epoch
  AND (c.xid, c.id) < (t.xid, t.id)
