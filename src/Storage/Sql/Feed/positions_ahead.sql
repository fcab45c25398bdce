-- How many positions lie ahead of this database's transactions: more than none after a logical
-- restore, when transaction numbers begin anew. Index: none needed, 32 rows each.
SELECT count(*)
FROM (SELECT xid FROM stream_checkpoints
      UNION ALL SELECT last_xid FROM audit_heads
      UNION ALL SELECT xid FROM metrics_marks) p
WHERE p.xid > pg_snapshot_xmax(pg_current_snapshot())
