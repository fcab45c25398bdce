-- The traces of commands, of those that have one. Parameter: $1 command ids. Returns command id and
-- trace parent. Index: journal_traces_pkey.
SELECT command_id, trace_parent
FROM journal_traces
WHERE command_id = ANY ($1)
