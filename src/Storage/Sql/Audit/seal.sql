-- Seals partitions' journal rows, each from the head of its chain up to a position. Repeating it
-- seals nothing. Parameters: parallel arrays $1 partitions (each once), $2 xids, $3 ids; $4 now;
-- parallel arrays of journal rows that must be there: $5 partitions, $6 customer ids, $7 sequences.
-- Returns for each partition that had something to seal: partition, rows sealed, how many of the
-- named rows are missing. Indexes: audit_heads_pkey, customer_event_feed, customer_event_pkey.
WITH head AS (
    SELECT h.partition, h.number, h.last_xid, h.last_id, h.hash, w.xid, w.id
    FROM unnest($1::smallint[], $2::text[]::xid8[], $3::bigint[]) AS w (partition, xid, id)
    JOIN audit_heads h ON h.partition = w.partition
    ORDER BY h.partition
    FOR UPDATE OF h
),
-- Once, not once for each use of the leaf.
leaves AS MATERIALIZED (
    SELECT e.partition, e.xid, e.id, journal_leaf(e) AS leaf
    FROM head h
    JOIN customer_event e
      ON e.partition = h.partition
     AND (e.xid, e.id) > (h.last_xid, h.last_id)
     AND (e.xid, e.id) <= (h.xid, h.id)
),
batch AS (
    SELECT partition,
           count(*)::integer AS row_count,
           string_agg(leaf, ''::bytea ORDER BY xid, id) AS chained,
           string_agg(substr(leaf, 1, 8), ''::bytea ORDER BY xid, id) AS leaves
    FROM leaves
    GROUP BY partition
),
gaps AS (
    SELECT t.partition, count(*)::integer AS gap_count
    FROM unnest($5::smallint[], $6::uuid[], $7::bigint[]) AS t (partition, customer_id, sequence)
    WHERE NOT EXISTS (
        SELECT FROM customer_event p
        WHERE p.customer_id = t.customer_id AND p.sequence = t.sequence)
    GROUP BY t.partition
),
moved AS (
    UPDATE audit_heads a
    SET number = a.number + 1, last_xid = h.xid, last_id = h.id,
        hash = sha256(h.hash || b.chained)
    FROM head h
    JOIN batch b ON b.partition = h.partition
    WHERE a.partition = h.partition
    RETURNING a.partition, a.number, a.last_xid, a.last_id, a.hash
)
INSERT INTO audit_seals
    (partition, number, last_xid, last_id, row_count, gap_count, leaves, hash, sealed_at)
SELECT m.partition, m.number, m.last_xid, m.last_id, b.row_count, coalesce(g.gap_count, 0),
       b.leaves, m.hash, $4
FROM moved m
JOIN batch b ON b.partition = m.partition
LEFT JOIN gaps g ON g.partition = m.partition
RETURNING partition, row_count, gap_count
