-- How far partitions are counted; locks them until the end of the transaction. Parameter: $1
-- partitions. A row each: partition, xid, id. Index: metrics_marks_pkey.
SELECT partition, xid, id
FROM metrics_marks
WHERE partition = ANY ($1::smallint[])
ORDER BY partition
FOR UPDATE
