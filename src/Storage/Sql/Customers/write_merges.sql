-- Writes what customers that the same transaction has just moved to a new version remember of their
-- merges; rows of commits that were not applied are passed over.
-- Parameters: parallel arrays, one element per customer and merge:
--   $1 user_id, $2 version after the commit, $3 merge_id, $4 side, $5 other_id, $6 stage, $7 at,
--   $8 addresses (text, the literal of a uuid array: unnest would flatten arrays of arrays),
--   $9 default_address_id, $10 orders, $11 spend, $12 tier_before, $13 was_temporary,
--   $14 took_phone, $15 took_email, $16 risk_counts.
-- Returns nothing. Indexes: users_pkey, customer_merges_pkey.
INSERT INTO customer_merges
    (user_id, merge_id, side, other_id, stage, at, addresses, default_address_id, orders, spend,
     tier_before, was_temporary, took_phone, took_email, risk_counts)
SELECT i.user_id, i.merge_id, i.side, i.other_id, i.stage, i.at, i.addresses::uuid[],
       i.default_address_id, i.orders, i.spend, i.tier_before, i.was_temporary, i.took_phone,
       i.took_email, i.risk_counts
FROM unnest(
        $1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::uuid[], $6::text[],
        $7::timestamptz[], $8::text[], $9::uuid[], $10::int[], $11::numeric[], $12::text[],
        $13::boolean[], $14::boolean[], $15::boolean[], $16::jsonb[])
        AS i (user_id, version, merge_id, side, other_id, stage, at, addresses,
              default_address_id, orders, spend, tier_before, was_temporary, took_phone,
              took_email, risk_counts)
JOIN users x
  ON x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
ON CONFLICT ON CONSTRAINT customer_merges_pkey DO UPDATE
SET stage      = EXCLUDED.stage,
    at         = EXCLUDED.at,
    took_phone = EXCLUDED.took_phone,
    took_email = EXCLUDED.took_email
