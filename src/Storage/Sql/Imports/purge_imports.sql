-- Removes imports that are done and what was refused of them, some at a time, oldest first.
-- $1 rows with created_at before this time go, $2 rows at most (integer). Uses imports_age.
DELETE FROM imports
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM imports
    WHERE created_at < $1 AND state = 'done'
    ORDER BY created_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
