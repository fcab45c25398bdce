-- Seals a partition's journal rows from the head of its chain up to a position. Repeating it seals
-- nothing. Parameters: $1 partition, $2 xid, $3 id, $4 now; parallel arrays of journal rows that
-- must be there: $5 customer ids, $6 sequences. Returns how many rows were sealed and how many of
-- the named ones are missing; no row when there was nothing to seal. Indexes: audit_heads_pkey,
-- customer_event_feed, customer_event_pkey.
WITH head AS (
    SELECT partition, number, last_xid, last_id, hash
    FROM audit_heads
    WHERE partition = $1
    FOR UPDATE
),
-- Once, not once for each use of the leaf.
leaves AS MATERIALIZED (
    SELECT e.xid, e.id, journal_leaf(e) AS leaf
    FROM head h
    JOIN customer_event e
      ON e.partition = h.partition
     AND (e.xid, e.id) > (h.last_xid, h.last_id)
     AND (e.xid, e.id) <= ($2::xid8, $3)
),
batch AS (
    SELECT count(*)::integer AS row_count,
           string_agg(leaf, ''::bytea ORDER BY xid, id) AS chained,
           string_agg(substr(leaf, 1, 8), ''::bytea ORDER BY xid, id) AS leaves
    FROM leaves
),
gaps AS (
    SELECT count(*)::integer AS gap_count
    FROM unnest($5::uuid[], $6::bigint[]) AS t (customer_id, sequence)
    WHERE NOT EXISTS (
        SELECT FROM customer_event p
        WHERE p.customer_id = t.customer_id AND p.sequence = t.sequence)
),
moved AS (
    UPDATE audit_heads a
    SET number = a.number + 1, last_xid = $2::xid8, last_id = $3,
        hash = sha256(h.hash || b.chained)
    FROM head h, batch b
    WHERE a.partition = h.partition AND b.row_count > 0
    RETURNING a.partition, a.number, a.last_xid, a.last_id, a.hash
)
INSERT INTO audit_seals
    (partition, number, last_xid, last_id, row_count, gap_count, leaves, hash, sealed_at)
SELECT m.partition, m.number, m.last_xid, m.last_id, b.row_count, g.gap_count, b.leaves, m.hash, $4
FROM moved m, batch b, gaps g
RETURNING row_count, gap_count
