-- Removes rows of otps that nothing can refer to any more, some at a time, oldest first.
-- $1 rows with created_at before this time go, $2 rows at most (integer). Uses otps_age.
DELETE FROM otps
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM otps
    WHERE created_at < $1
    ORDER BY created_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
