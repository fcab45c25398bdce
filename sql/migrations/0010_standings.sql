-- What the service computes about customers: rewards, signs of risk, the last delivery.

ALTER TABLE customer_profiles
    ADD COLUMN last_delivered_at timestamptz,
    -- Array of {"code", "granted_at"}; each code once.
    ADD COLUMN rewards           jsonb NOT NULL DEFAULT '[]'
                                 CONSTRAINT customer_profiles_rewards_size
                                 CHECK (jsonb_typeof(rewards) = 'array'
                                        AND octet_length(rewards::text) <= 4096),
    -- How often each sign of risk was seen; those that never were are left out.
    ADD COLUMN risk_counts       jsonb NOT NULL DEFAULT '{}'
                                 CONSTRAINT customer_profiles_risk_counts_size
                                 CHECK (jsonb_typeof(risk_counts) = 'object'
                                        AND octet_length(risk_counts::text) <= 2048),
    -- Day (UTC) of the last order that was refused for the customer's age.
    ADD COLUMN underage_order_on date;

-- What the journal and the orders know of the time before.
ALTER TABLE customer_profiles NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_event NO FORCE ROW LEVEL SECURITY;

UPDATE customer_profiles p
SET last_delivered_at = d.at,
    risk_counts = coalesce(d.counts, '{}')
FROM (
    SELECT customer_id,
           max(at) FILTER (WHERE sign = 'delivered') AS at,
           jsonb_object_agg(sign, times) FILTER (WHERE sign <> 'delivered') AS counts
    FROM (
        SELECT e.customer_id, s.sign, max(e.at) AS at, least(count(*), 1000000) AS times
        FROM customer_event e
        CROSS JOIN LATERAL json_array_elements(e.events::json) AS h (event)
        CROSS JOIN LATERAL (
            SELECT CASE h.event ->> 'kind'
                WHEN 'order_delivered' THEN 'delivered'
                WHEN 'contact_code_failed' THEN 'otp-failures'
                WHEN 'contact_changed' THEN
                    CASE WHEN h.event ->> 'undo_until' IS NOT NULL THEN 'contact-changes' END
                WHEN 'contact_restored' THEN 'contact-undos'
                WHEN 'contact_change_cancelled' THEN
                    CASE WHEN (h.event ->> 'by_old_contact')::boolean THEN 'contact-undos' END
                WHEN 'order_progressed' THEN
                    CASE h.event ->> 'new' WHEN 'cancelled' THEN 'cancelled-orders'
                                           WHEN 'failed' THEN 'failed-orders' END
                WHEN 'address_changed' THEN 'address-changes'
                WHEN 'address_removed' THEN 'address-changes'
            END
        ) AS s (sign)
        WHERE s.sign IS NOT NULL
        GROUP BY e.customer_id, s.sign
    ) AS counted
    GROUP BY customer_id
) AS d
WHERE p.user_id = d.customer_id;

ALTER TABLE customer_event FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_profiles FORCE ROW LEVEL SECURITY;
