-- For an export: orders with their snapshots. Parameter: $1 customer. Index: orders_by_user.
SELECT id, branch_id, status, total, customer_snapshot, address_id, categories, contact_version,
       phone_updated, placed_at, created_at, updated_at, ended_at, placed_by
FROM orders
WHERE user_id = $1
ORDER BY placed_sequence
