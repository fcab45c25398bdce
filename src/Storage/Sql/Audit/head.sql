-- Head of a partition's chain. Parameter: $1 partition. Returns number, hash, and whether the last
-- seal says the same. Indexes: audit_heads_pkey, audit_seals_pkey.
SELECT h.number, h.number = 0 OR EXISTS (
           SELECT FROM audit_seals s
           WHERE s.partition = h.partition AND s.number = h.number
             AND s.hash = h.hash AND s.last_xid = h.last_xid AND s.last_id = h.last_id)
FROM audit_heads h
WHERE h.partition = $1
