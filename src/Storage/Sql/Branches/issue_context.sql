-- Lets one member of staff read for one branch, for ten seconds. Run by the service.
-- Parameters: $1 user_id, $2 branch_id. Returns one row: the pass. Index: context_keys_pkey.
SELECT issue_context('utb', $1::uuid, $2::uuid)
