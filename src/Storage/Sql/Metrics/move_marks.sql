-- Records how far partitions are counted. Parameters, parallel arrays: $1 partitions, $2 xids, $3
-- ids. Index: metrics_marks_pkey.
UPDATE metrics_marks m
SET xid = t.xid, id = t.id
FROM unnest($1::smallint[], $2::text[]::xid8[], $3::bigint[]) AS t (partition, xid, id)
WHERE m.partition = t.partition
