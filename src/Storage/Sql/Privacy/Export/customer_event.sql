-- For an export: everything that happened, the newest first. Parameter: $1 customer. Index:
-- customer_event_pkey.
SELECT sequence, actor_id, actor_role, at, events, personal
FROM customer_event
WHERE customer_id = $1
ORDER BY sequence DESC
