-- Lets the next waiting process migrate.
-- $1 key of the lock (bigint).
SELECT pg_advisory_unlock($1);
