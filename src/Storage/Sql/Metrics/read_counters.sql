-- Counters by day and kind over all partitions, newest day first. Parameters: $1 first day, $2 last
-- day. Index: service_counters_pkey.
SELECT day, kind, sum(events)::bigint
FROM service_counters
WHERE day BETWEEN $1 AND $2
GROUP BY day, kind
ORDER BY day DESC, kind
