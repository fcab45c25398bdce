-- Whether the transaction still may read for the branch; asked last. If not, what it read before
-- may be too little: a pass that ran out hides rows, it makes no error.
-- Parameters: $1 branch_id. Returns one row: boolean.
SELECT context_branch() IS NOT DISTINCT FROM $1::uuid
