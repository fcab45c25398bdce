-- Records who looks at customers' data. Parameters: parallel arrays, one element per look:
--   $1 id, $2 accessed_by_user_id, $3 customer_user_id, $4 role, $5 branch_id, $6 purpose,
--   $7 order_id, $8 fields (joined by commas), $9 created_at.
-- Returns nothing. Index: customer_data_access_logs_pkey.
INSERT INTO customer_data_access_logs
    (id, accessed_by_user_id, customer_user_id, role, branch_id, purpose, order_id, fields,
     created_at)
SELECT i.id, i.accessed_by_user_id, i.customer_user_id, i.role, i.branch_id, i.purpose,
       i.order_id, string_to_array(i.fields, ','), i.created_at
FROM unnest(
        $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::uuid[],
        $8::text[], $9::timestamptz[])
        AS i (id, accessed_by_user_id, customer_user_id, role, branch_id, purpose, order_id,
              fields, created_at)
