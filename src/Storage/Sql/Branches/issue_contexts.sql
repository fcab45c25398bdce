-- Lets members of staff read, each for one branch, for ten seconds. Run by the service.
-- Parameters: $1 user_ids, $2 branch_ids, one for one. Returns as many rows, in their order: the
-- pass. Index: context_keys_pkey.
SELECT issue_context('utb', q.user_id, q.branch_id)
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS q (user_id, branch_id, position)
ORDER BY q.position
