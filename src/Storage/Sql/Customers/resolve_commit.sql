-- What became of a commit whose answer was lost. Parameters: $1 customer id, $2 the sequence it
-- wanted. Returns one row: the customer's present version (null: none) and the command that took
-- the sequence (null: none yet). Indexes: users_pkey, customer_event_pkey.
SELECT (SELECT version FROM users WHERE id = $1),
       (SELECT command_id FROM customer_event WHERE customer_id = $1 AND sequence = $2)
