-- The customers of a walk c along an index: those who match, and the last one looked at, also if it
-- does not match: there the next page begins. $9 customers to look at, at most.
JOIN users u ON u.id = c.id
JOIN customer_profiles p ON p.user_id = c.id
LEFT JOIN customer_data_keys k ON k.user_id = c.id
\ir matching.sql
WHERE m.matches OR c.place = $9
