-- How late the journal rows of the last :seconds were sealed, from the decision to the seal. One text:
-- rows, rows without a seal, and the median, 99th percentile and greatest lag in ms, by tabs.
WITH seals AS MATERIALIZED (
    SELECT partition, last_xid, last_id, sealed_at,
           lag(last_xid, 1, '0'::xid8) OVER chain AS first_xid,
           lag(last_id, 1, 0::bigint) OVER chain AS first_id
    FROM audit_seals
    WINDOW chain AS (PARTITION BY partition ORDER BY number)
),
late AS (
    SELECT extract(epoch FROM s.sealed_at - e.at) * 1000 AS ms
    FROM customer_event e
    LEFT JOIN seals s
      ON s.partition = e.partition
     AND s.sealed_at > now() - interval ':seconds seconds'
     AND (e.xid, e.id) > (s.first_xid, s.first_id)
     AND (e.xid, e.id) <= (s.last_xid, s.last_id)
    WHERE e.at > now() - interval ':seconds seconds'
)
SELECT concat_ws(E'\t', count(*), count(*) FILTER (WHERE ms IS NULL),
       round(percentile_disc(0.5) WITHIN GROUP (ORDER BY ms)),
       round(percentile_disc(0.99) WITHIN GROUP (ORDER BY ms)), round(max(ms)))
FROM late
