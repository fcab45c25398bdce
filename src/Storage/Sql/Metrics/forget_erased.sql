-- Forgets what was counted of people who were forgotten, and of those who became part of them by a
-- merge; whoever still has a key is about to live again. The feed keeps the order of each customer:
-- after that event nothing more comes.
-- Parameter: $1 user ids. Indexes: users_merged_into, customer_data_keys_pkey,
-- customer_metrics_pkey, customer_sessions_pkey.
WITH RECURSIVE people AS MATERIALIZED (
    SELECT unnest($1::uuid[]) AS id
    UNION ALL
    SELECT u.id FROM people p JOIN users u ON u.merged_into = p.id
    WHERE NOT EXISTS (SELECT FROM customer_data_keys k WHERE k.user_id = u.id)
),
sessions AS (
    DELETE FROM customer_sessions s USING people p WHERE s.user_id = p.id
)
DELETE FROM customer_metrics m USING people p WHERE m.user_id = p.id
