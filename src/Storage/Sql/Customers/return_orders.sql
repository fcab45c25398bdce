-- Gives orders back to the redundant customer of an undone merge: those that it placed, and those of
-- customers that it had absorbed before. Its survivor has just been moved to a new version by the
-- same transaction.
-- Parameters: parallel arrays, one element per merge: $1 survivor's id, $2 its version after the
-- commit, $3 redundant's id. Returns nothing.
-- Indexes: users_pkey, users_merged_into, orders_by_placer.
WITH RECURSIVE i AS (
    SELECT t.survivor_id, t.redundant_id
    FROM unnest($1::uuid[], $2::bigint[], $3::uuid[])
             AS t (survivor_id, version, redundant_id)
    JOIN users x
      ON x.id = t.survivor_id AND x.version = t.version AND x.xmin = pg_current_xact_id()::xid
),
family (survivor_id, redundant_id, id) AS (
    SELECT survivor_id, redundant_id, redundant_id
    FROM i
    UNION
    SELECT f.survivor_id, f.redundant_id, u.id
    FROM family f
    JOIN users u ON u.merged_into = f.id
)
UPDATE orders o
SET user_id   = f.redundant_id,
    placed_by = nullif(o.placed_by, f.redundant_id)
FROM family f
WHERE o.placed_by = f.id AND o.user_id = f.survivor_id
