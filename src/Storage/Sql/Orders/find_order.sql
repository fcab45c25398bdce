-- One order, active or not, with the data key of whoever placed it, when that is not its owner.
-- Parameter: $1 id. At most one row. Indexes: orders_pkey, customer_data_keys_pkey.
SELECT o.user_id, o.id, o.branch_id, o.rider_id, o.status, o.total, o.customer_snapshot::text,
       o.address_id, o.categories, o.fingerprint, o.contact_version, o.phone_updated, o.placed_at,
       o.updated_at, o.ended_at, o.placed_by, k.master_key_id, k.wrapped_key
FROM orders o
LEFT JOIN customer_data_keys k ON k.user_id = o.placed_by
WHERE o.id = $1
