-- Recomputes seals of a partition. Parameters: $1 partition, $2 number of the first, $3 of the last.
-- Returns for each: number, rows now, whether it holds, first gap or changed leaf as the position
-- among its rows (1-based; null when it holds), time of its last row.
-- Indexes: audit_seals_pkey, customer_event_feed.
WITH s AS (
    SELECT partition, number, last_xid, last_id, row_count, leaves, hash,
           coalesce(lag(last_xid) OVER w, '0'::xid8) AS after_xid,
           coalesce(lag(last_id) OVER w, 0) AS after_id,
           coalesce(lag(hash) OVER w, sha256(''::bytea)) AS previous
    FROM audit_seals
    WHERE partition = $1 AND number BETWEEN $2 - 1 AND $3
    WINDOW w AS (ORDER BY number)
)
SELECT s.number, coalesce(r.found, 0)::integer,
       coalesce(r.found, 0) = s.row_count AND sha256(s.previous || r.chained) = s.hash
           AND r.leaves = s.leaves,
       (SELECT min(d.position)::integer
        FROM generate_series(1, greatest(s.row_count, coalesce(r.found, 0))) AS d (position)
        WHERE substr(s.leaves, 8 * d.position::integer - 7, 8)
              IS DISTINCT FROM substr(coalesce(r.leaves, ''::bytea), 8 * d.position::integer - 7, 8)),
       r.last_at
FROM s
LEFT JOIN LATERAL (
    SELECT count(*) AS found,
           string_agg(l.leaf, ''::bytea ORDER BY l.xid, l.id) AS chained,
           string_agg(substr(l.leaf, 1, 8), ''::bytea ORDER BY l.xid, l.id) AS leaves,
           max(l.at) AS last_at
    FROM (
        SELECT e.xid, e.id, e.at, journal_leaf(e) AS leaf
        FROM customer_event e
        WHERE e.partition = s.partition
          AND (e.xid, e.id) > (s.after_xid, s.after_id)
          AND (e.xid, e.id) <= (s.last_xid, s.last_id)
        -- Keeps the leaf from being computed once for each use.
        OFFSET 0) l) r ON true
WHERE s.number >= $2
ORDER BY s.number
