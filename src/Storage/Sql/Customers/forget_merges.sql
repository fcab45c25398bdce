-- Removes merges that were undone or given up from what customers remember, customers that the same
-- transaction has just moved to a new version. Fails the transaction, by the rule
-- customer_merges_in_step, when a row is no longer in the stage from which it may go: a freeze that
-- the survivor has taken can no longer be given up.
-- Parameters: parallel arrays: $1 user_id, $2 version after the commit, $3 merge_id, $4 stage.
-- Returns nothing. Indexes: users_pkey, customer_merges_pkey.
WITH i AS MATERIALIZED (
    SELECT t.user_id, t.merge_id, t.stage
    FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[])
             AS t (user_id, version, merge_id, stage)
    JOIN users x
      ON x.id = t.user_id AND x.version = t.version AND x.xmin = pg_current_xact_id()::xid
),
gone AS (
    DELETE FROM customer_merges m
    USING i
    WHERE m.user_id = i.user_id AND m.merge_id = i.merge_id AND m.stage = i.stage
    RETURNING m.user_id, m.merge_id
)
SELECT refuse_merge_step()
FROM i
WHERE NOT EXISTS (
    SELECT FROM gone g WHERE g.user_id = i.user_id AND g.merge_id = i.merge_id)
