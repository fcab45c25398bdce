-- The n-th journal row under a seal, or the first one after it when there are fewer. Parameters:
-- $1 partition, $2 number of the seal, $3 n, 1-based. Returns customer id and sequence; no row when
-- the journal ends before. Indexes: audit_seals_pkey, customer_event_feed.
SELECT e.customer_id, e.sequence
FROM customer_event e
WHERE e.partition = $1
  AND (e.xid, e.id) > (
      SELECT coalesce(max(s.last_xid), '0'::xid8), coalesce(max(s.last_id), 0)
      FROM audit_seals s
      WHERE s.partition = $1 AND s.number = $2 - 1)
ORDER BY e.xid, e.id
OFFSET $3 - 1
LIMIT 1
