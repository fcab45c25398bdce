-- Loads active orders, each customer's in the order of their placement. Parameter: $1 customer
-- ids. Index: orders_active_by_user.
SELECT user_id, id, branch_id, rider_id, status, total, customer_snapshot::text, address_id,
       categories, fingerprint, contact_version, phone_updated, placed_at, updated_at, ended_at
FROM orders
WHERE user_id = ANY ($1::uuid[]) AND ended_at IS NULL
ORDER BY user_id, placed_sequence
