-- Notes the traces of commits, in their transaction and only of those that were applied.
-- Parameters: parallel arrays, one element per commit: $1 customer ids, $2 sequences, $3 command
-- ids, $4 trace parents, $5 at. Returns nothing. Index: customer_event_pkey.
INSERT INTO journal_traces (command_id, trace_parent, created_at)
SELECT t.command_id, t.trace_parent, t.at
FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::timestamptz[])
    AS t (customer_id, sequence, command_id, trace_parent, at)
WHERE EXISTS (
    SELECT FROM customer_event e
    WHERE e.customer_id = t.customer_id AND e.sequence = t.sequence
      AND e.command_id = t.command_id)
ON CONFLICT ON CONSTRAINT journal_traces_pkey DO NOTHING
