-- Tables with customers' data: name, rows, bytes with indexes and what is stored apart.
SELECT string_agg(concat_ws(' ', relname, greatest(reltuples, 0)::bigint, pg_total_relation_size(c.oid)),
                  E'\n' ORDER BY pg_total_relation_size(c.oid) DESC)
FROM pg_class c
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  AND pg_total_relation_size(c.oid) > 1000000
