-- Removes rows of otp_destinations that nothing can refer to any more, some at a time, oldest first.
-- $1 rows with updated_at before this time go, $2 rows at most (integer). Uses otp_destinations_age.
DELETE FROM otp_destinations
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM otp_destinations
    WHERE updated_at < $1
    ORDER BY updated_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
