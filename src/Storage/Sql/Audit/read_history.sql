-- A customer's journal rows, newest first. Parameters: $1 customer, $2 sequence up to which (null:
-- the newest), $3 from (null: any time), $4 before (null: any time), $5 text in the events (null:
-- any), $6 rows at most. Returns sequence, time, actor, role, events, sealed personal members,
-- whether the row is under a seal. Indexes: customer_event_pkey, audit_heads_pkey.
SELECT e.sequence, e.at, e.actor_id, e.actor_role, e.events, e.personal,
       (e.xid, e.id) <= (h.last_xid, h.last_id)
FROM customer_event e
JOIN audit_heads h ON h.partition = e.partition
WHERE e.customer_id = $1
  AND e.sequence <= coalesce($2, 9223372036854775807)
  AND ($3::timestamptz IS NULL OR e.at >= $3)
  AND ($4::timestamptz IS NULL OR e.at < $4)
  AND ($5::text IS NULL OR strpos(e.events, $5) > 0)
ORDER BY e.sequence DESC
LIMIT $6
