-- Customers who became one: see docs/adr/0018.

-- What each side remembers of a merge. A row with side 'survivor' names an absorbed customer: whoever
-- destroys the survivor's data key destroys the key of other_id too. Written by the customer's own
-- commits, but for stage 'taken', which the survivor's absorb sets on the redundant's row.
CREATE TABLE customer_merges (
    user_id             uuid          NOT NULL CONSTRAINT customer_merges_user REFERENCES users (id),
    merge_id            uuid          NOT NULL,
    side                text          NOT NULL CONSTRAINT customer_merges_side_known
                                      CHECK (side IN ('survivor', 'redundant')),
    other_id            uuid          NOT NULL CONSTRAINT customer_merges_other REFERENCES users (id),
    stage               text          NOT NULL,
    -- When the stage was reached.
    at                  timestamptz   NOT NULL,
    -- Of a survivor: what came, for the undo.
    addresses           uuid[]        NOT NULL DEFAULT '{}'
                                      CONSTRAINT customer_merges_addresses_count
                                      CHECK (cardinality(addresses) <= 100),
    default_address_id  uuid,
    orders              integer       NOT NULL DEFAULT 0
                                      CONSTRAINT customer_merges_orders_range CHECK (orders >= 0),
    spend               numeric(14,2) NOT NULL DEFAULT 0
                                      CONSTRAINT customer_merges_spend_range CHECK (spend >= 0),
    tier_before         text          NOT NULL DEFAULT 'new'
                                      CONSTRAINT customer_merges_tier_known
                                      CHECK (tier_before IN ('new', 'regular', 'vip', 'premium')),
    was_temporary       boolean       NOT NULL DEFAULT false,
    took_phone          boolean       NOT NULL DEFAULT false,
    took_email          boolean       NOT NULL DEFAULT false,
    CONSTRAINT customer_merges_pkey PRIMARY KEY (user_id, merge_id),
    CONSTRAINT customer_merges_other_other CHECK (other_id <> user_id),
    CONSTRAINT customer_merges_stage_known CHECK (
        stage IN ('absorbing', 'merged') AND side = 'survivor'
        OR stage IN ('frozen', 'taken', 'away') AND side = 'redundant')
);

ALTER TABLE customer_merges ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_merges FORCE ROW LEVEL SECURITY;
CREATE POLICY service_everything ON customer_merges TO service USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_merges TO service;

-- Who lives on in a customer.
CREATE INDEX users_merged_into ON users (merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE users ADD CONSTRAINT users_merged_are_deleted
    CHECK (merged_into IS NULL OR deleted_at IS NOT NULL);

-- Rolls back a transaction that found the other side of a merge elsewhere.
CREATE FUNCTION refuse_merge_step() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The other side of the merge has moved on.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'customer_merges_in_step';
END
$$;

-- Whose key seals the snapshot, when that is not the owner's: the customer who placed the order.
ALTER TABLE orders ADD COLUMN placed_by uuid CONSTRAINT orders_placed_by REFERENCES users (id);
CREATE INDEX orders_by_placer ON orders (placed_by) WHERE placed_by IS NOT NULL;

CREATE OR REPLACE VIEW branch_order_customers
WITH (security_invoker = true, security_barrier = true) AS
SELECT o.id AS order_id,
       o.user_id AS customer_id,
       u.name,
       u.phone,
       o.branch_id,
       o.status,
       o.total,
       o.customer_snapshot,
       o.contact_version,
       o.placed_at,
       o.created_at,
       o.updated_at,
       o.ended_at,
       coalesce(o.placed_by, o.user_id) AS key_owner_id
FROM orders o
JOIN users u ON u.id = o.user_id;
GRANT SELECT (placed_by) ON orders TO utb, utd;

-- The two codes of an account link share its id.
ALTER TABLE otps ADD COLUMN link_id uuid;
ALTER TABLE otps ADD CONSTRAINT otps_link_of_link
    CHECK ((link_id IS NOT NULL) = (purpose = 'account_link'));
CREATE INDEX otps_by_link ON otps (link_id) WHERE link_id IS NOT NULL;
