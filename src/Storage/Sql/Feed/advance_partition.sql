-- Records that all up to a position is delivered. Parameters: $1 partition, $2 owner epoch, $3 xid,
-- $4 id, $5 rows delivered, $6 now. Changes no row when somebody else owns the partition now.
-- Index: stream_checkpoints_pkey.
UPDATE stream_checkpoints
SET xid = $3::xid8, id = $4, delivered = delivered + $5, updated_at = $6
WHERE partition = $1 AND owner_epoch = $2 AND (xid, id) < ($3::xid8, $4)
