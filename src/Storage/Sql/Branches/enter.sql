-- Takes the role utb with what proves the branch, until the transaction ends. The first statement
-- of a transaction for a branch.
-- Parameters: $1 user_id (text), $2 branch_id (text), $3 pass. Returns one row, without use.
SELECT set_config('role', 'utb', true),
       set_config('app.user_id', $1, true),
       set_config('app.branch_id', $2, true),
       set_config('app.pass', $3, true)
