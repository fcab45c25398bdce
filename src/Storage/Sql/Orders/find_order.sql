-- One order, active or not. Parameter: $1 id. At most one row. Index: orders_pkey.
SELECT user_id, id, branch_id, rider_id, status, total, customer_snapshot::text, address_id,
       categories, fingerprint, contact_version, phone_updated, placed_at, updated_at, ended_at
FROM orders
WHERE id = $1
