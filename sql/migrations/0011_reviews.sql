-- The pass over all customers that keeps tiers, segments and risk up to date: how far it came, and
-- who is at it.

CREATE TABLE review_pass (
    id                  smallint    NOT NULL CONSTRAINT review_pass_pkey PRIMARY KEY
                                    CONSTRAINT review_pass_one CHECK (id = 1),
    -- All customers up to this id are done.
    reviewed_to         uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    -- Whoever raised it last goes on; writes of an earlier one find nothing to update.
    epoch               bigint      NOT NULL DEFAULT 0,
    leased_until        timestamptz NOT NULL DEFAULT '-infinity',
    next_at             timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
INSERT INTO review_pass (id) VALUES (1);

GRANT SELECT, UPDATE ON review_pass TO service;
ALTER TABLE review_pass ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_pass FORCE ROW LEVEL SECURITY;
CREATE POLICY service_everything ON review_pass TO service USING (true) WITH CHECK (true);

-- How a customer's risk is seen is staff's business.
REVOKE SELECT ON customer_profiles FROM utc;
GRANT SELECT (user_id, avatar_media_id, date_of_birth, gender, preferred_language,
              notification_preferences, total_orders_count, total_spend, average_order_value,
              last_delivered_at, customer_tier, customer_segment, is_verified, rewards,
              created_at, updated_at) ON customer_profiles TO utc;
