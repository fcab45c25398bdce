-- For an export: who looked. Parameter: $1 customer. Index: access_logs_by_customer.
SELECT id, role, branch_id, purpose, order_id, fields, created_at
FROM customer_data_access_logs
WHERE customer_user_id = $1
ORDER BY created_at DESC, id
