-- Removes rows of otp_series that nothing can refer to any more, some at a time, oldest first.
-- $1 rows with started_at before this time go, $2 rows at most (integer). Uses otp_series_age.
DELETE FROM otp_series
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM otp_series
    WHERE started_at < $1
    ORDER BY started_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
