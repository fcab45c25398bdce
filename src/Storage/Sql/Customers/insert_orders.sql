-- Writes new orders of customers that the same transaction has just moved to a new version; rows
-- of commits that were not applied are passed over. An id that belongs to another order breaks
-- orders_pkey.
-- Parameters: parallel arrays, one element per order, sorted by id:
--   $1 user_id, $2 version after the commit, $3 id, $4 branch_id, $5 total, $6 customer_snapshot,
--   $7 address_id, $8 categories (joined by commas, which no name holds), $9 fingerprint,
--   $10 placed_at, $11 created_at.
-- Returns nothing. Indexes: users_pkey, orders_pkey.
INSERT INTO orders
    (id, user_id, branch_id, total, customer_snapshot, address_id, categories, fingerprint,
     placed_sequence, placed_at, created_at, updated_at)
SELECT i.id, i.user_id, i.branch_id, i.total, i.customer_snapshot, i.address_id,
       string_to_array(i.categories, ','), i.fingerprint, i.version, i.placed_at, i.created_at,
       i.created_at
FROM unnest(
        $1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::numeric[], $6::jsonb[], $7::uuid[],
        $8::text[], $9::bytea[], $10::timestamptz[], $11::timestamptz[])
        AS i (user_id, version, id, branch_id, total, customer_snapshot, address_id, categories,
              fingerprint, placed_at, created_at)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
