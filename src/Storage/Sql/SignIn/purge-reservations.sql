-- Removes rows of contact_reservations that no longer hold, some at a time, oldest first.
-- $1 rows with until before this time go, $2 rows at most (integer). Uses contact_reservations_end.
DELETE FROM contact_reservations
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM contact_reservations
    WHERE until < $1
    ORDER BY until
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
