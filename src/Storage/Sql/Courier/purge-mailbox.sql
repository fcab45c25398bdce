-- Removes old rows of dev_mailbox, some at a time, oldest first.
-- $1 rows with sent_at before this time go, $2 rows at most (integer). Uses dev_mailbox_age.
DELETE FROM dev_mailbox
WHERE ctid = ANY (ARRAY(
    SELECT ctid
    FROM dev_mailbox
    WHERE sent_at < $1
    ORDER BY sent_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED));
