-- What is counted of a person goes with the data key, whoever counts at that moment: see docs/adr/0020.
-- The key's row is what a counter locks by inserting, and what an erasure deletes; whichever is first,
-- the other one waits for it and finds what it did.

ALTER TABLE customer_metrics NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_sessions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_data_keys NO FORCE ROW LEVEL SECURITY;

-- What was counted while somebody was forgotten.
DELETE FROM customer_metrics m
WHERE NOT EXISTS (SELECT FROM customer_data_keys k WHERE k.user_id = m.user_id);
DELETE FROM customer_sessions s
WHERE NOT EXISTS (SELECT FROM customer_data_keys k WHERE k.user_id = s.user_id);

ALTER TABLE customer_metrics
    DROP CONSTRAINT customer_metrics_user,
    ADD CONSTRAINT customer_metrics_key FOREIGN KEY (user_id)
        REFERENCES customer_data_keys (user_id) ON DELETE CASCADE;
ALTER TABLE customer_sessions
    DROP CONSTRAINT customer_sessions_user,
    ADD CONSTRAINT customer_sessions_key FOREIGN KEY (user_id)
        REFERENCES customer_data_keys (user_id) ON DELETE CASCADE;

ALTER TABLE customer_metrics FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_data_keys FORCE ROW LEVEL SECURITY;

REVOKE DELETE ON customer_metrics FROM service;
