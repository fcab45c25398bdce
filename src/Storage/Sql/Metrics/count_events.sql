-- Adds to the day's counters. Parameters, parallel arrays: $1 partitions, $2 days, $3 kinds, $4 how
-- many, each (day, kind, partition) once. Index: service_counters_pkey.
INSERT INTO service_counters (day, kind, partition, events)
SELECT i.day, i.kind, i.partition, i.events
FROM unnest($1::smallint[], $2::date[], $3::text[], $4::bigint[]) AS i (partition, day, kind, events)
ON CONFLICT (day, kind, partition) DO UPDATE
SET events = service_counters.events + EXCLUDED.events
