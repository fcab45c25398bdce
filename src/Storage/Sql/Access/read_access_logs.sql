-- Who looked at a customer's data, newest first. Parameters: $1 customer, and those who live on in
-- it; $2 time and $3 id of the
-- last entry seen (null: from the newest), $4 rows at most. Index: access_logs_by_customer.
SELECT id, accessed_by_user_id, role, branch_id, purpose, fields, created_at
FROM customer_data_access_logs
WHERE customer_user_id = ANY ($1::uuid[])
  AND ($2::timestamptz IS NULL
       OR created_at <= $2 AND (created_at < $2 OR id > $3::uuid))
ORDER BY created_at DESC, id
LIMIT $4
