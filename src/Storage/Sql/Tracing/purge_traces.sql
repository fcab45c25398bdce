-- Forgets traces that were noted long ago. Parameters: $1 before, $2 rows at most.
-- Index: journal_traces_age.
DELETE FROM journal_traces
WHERE command_id IN (
    SELECT command_id FROM journal_traces
    WHERE created_at < $1
    LIMIT $2)
