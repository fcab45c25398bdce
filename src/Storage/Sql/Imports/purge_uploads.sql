-- Removes imports whose lines never all came, with those that did, some at a time, oldest first.
-- $1 rows with created_at before this time go, $2 rows at most (integer). Uses imports_age.
DELETE FROM imports
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM imports
    WHERE created_at < $1 AND state = 'receiving'
    ORDER BY created_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
