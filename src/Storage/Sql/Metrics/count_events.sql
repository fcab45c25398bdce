-- Adds to the day's counters. Parameters: $1 partition; parallel arrays: $2 days, $3 kinds, $4 how
-- many, each (day, kind) once. Index: service_counters_pkey.
INSERT INTO service_counters (day, kind, partition, events)
SELECT i.day, i.kind, $1, i.events
FROM unnest($2::date[], $3::text[], $4::bigint[]) AS i (day, kind, events)
ON CONFLICT (day, kind, partition) DO UPDATE
SET events = service_counters.events + EXCLUDED.events
