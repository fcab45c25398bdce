-- Takes the freeze of the redundant side, in the transaction in which its survivor absorbs it. Fails
-- the transaction, by the rule customer_merges_in_step, when the redundant is not frozen by this
-- merge: it was thawed, or another activation was here before.
-- Parameters: parallel arrays: $1 survivor's id, $2 its version after the commit, $3 merge_id,
-- $4 redundant's id. Returns nothing. Indexes: users_pkey, customer_merges_pkey.
WITH i AS MATERIALIZED (
    SELECT t.merge_id, t.redundant_id
    FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[])
             AS t (survivor_id, version, merge_id, redundant_id)
    JOIN users x
      ON x.id = t.survivor_id AND x.version = t.version AND x.xmin = pg_current_xact_id()::xid
),
taken AS (
    UPDATE customer_merges m
    SET stage = 'taken'
    FROM i
    WHERE m.user_id = i.redundant_id AND m.merge_id = i.merge_id AND m.stage = 'frozen'
    RETURNING m.merge_id
)
SELECT refuse_merge_step()
FROM i
WHERE NOT EXISTS (SELECT FROM taken t WHERE t.merge_id = i.merge_id)
