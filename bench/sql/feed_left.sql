-- Journal rows after the newest seal of their partition.
SELECT count(*)
FROM audit_heads h
JOIN customer_event e
  ON e.partition = h.partition AND (e.xid, e.id) > (h.last_xid, h.last_id)
