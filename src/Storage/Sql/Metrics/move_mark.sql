-- Records how far a partition is counted. Parameters: $1 partition, $2 xid, $3 id.
-- Index: metrics_marks_pkey.
UPDATE metrics_marks SET xid = $2::xid8, id = $3 WHERE partition = $1
