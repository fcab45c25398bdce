-- How far a partition is counted; locks it until the end of the transaction. Parameter: $1
-- partition. One row. Index: metrics_marks_pkey.
SELECT xid, id FROM metrics_marks WHERE partition = $1 FOR UPDATE
