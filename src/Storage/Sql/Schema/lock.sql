-- Waits until no other process migrates this database; held until unlock.sql or the session's end.
-- $1 key of the lock (bigint).
SELECT pg_advisory_lock($1);
