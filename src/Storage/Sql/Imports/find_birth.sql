-- The command that brought a customer into being. Parameters: $1 customer_id.
-- Returns no row or one: command_id. Index: customer_event_pkey.
SELECT command_id
FROM customer_event
WHERE customer_id = $1 AND sequence = 1
