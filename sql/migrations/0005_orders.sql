-- Orders with the customer as of their placement, the policies that restrict them, and the log of
-- who looked at a customer's data.

CREATE TABLE orders (
    id                  uuid          NOT NULL CONSTRAINT orders_pkey PRIMARY KEY,
    user_id             uuid          NOT NULL CONSTRAINT orders_user REFERENCES users (id),
    branch_id           uuid          NOT NULL,
    rider_id            uuid,
    status              text          NOT NULL DEFAULT 'placed'
                                      CONSTRAINT orders_status_known
                                      CHECK (status IN ('placed', 'accepted', 'picked_up',
                                                        'delivered', 'cancelled', 'failed')),
    total               numeric(10,2) NOT NULL CONSTRAINT orders_total_range
                                      CHECK (total BETWEEN 0 AND 99999999.99),
    -- {"name","phone","email","address":{…},"taken_at"}; each personal value is ciphertext under the
    -- customer's data key, in base64.
    customer_snapshot   jsonb         NOT NULL CONSTRAINT orders_snapshot_size
                                      CHECK (jsonb_typeof(customer_snapshot) = 'object'
                                             AND octet_length(customer_snapshot::text) <= 16384),
    -- None when the order is collected.
    address_id          uuid          CONSTRAINT orders_address REFERENCES addresses (id),
    categories          text[]        NOT NULL DEFAULT '{}'
                                      CONSTRAINT orders_categories_count CHECK (cardinality(categories) <= 20),
    -- HMAC-SHA-256 of the placement under the customer's data key.
    fingerprint         bytea         NOT NULL CONSTRAINT orders_fingerprint_size
                                      CHECK (octet_length(fingerprint) = 32),
    contact_version     integer       NOT NULL DEFAULT 0
                                      CONSTRAINT orders_contact_version_range CHECK (contact_version >= 0),
    phone_updated       boolean       NOT NULL DEFAULT false,
    -- Place of the placement in the customer's journal; the order of a customer's orders.
    placed_sequence     bigint        NOT NULL CONSTRAINT orders_placed_sequence_positive
                                      CHECK (placed_sequence >= 1),
    -- As the order system says.
    placed_at           timestamptz   NOT NULL,
    created_at          timestamptz   NOT NULL,
    updated_at          timestamptz   NOT NULL,
    ended_at            timestamptz,
    CONSTRAINT orders_ended_when_final
        CHECK ((status IN ('delivered', 'cancelled', 'failed')) = (ended_at IS NOT NULL)),
    CONSTRAINT orders_updated_phone_has_version CHECK (NOT phone_updated OR contact_version > 0)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

-- What a customer's activation loads.
CREATE INDEX orders_active_by_user ON orders (user_id) WHERE ended_at IS NULL;
CREATE INDEX orders_by_user ON orders (user_id, placed_sequence);
CREATE INDEX orders_by_branch ON orders (branch_id, created_at DESC, id);
CREATE INDEX orders_active_by_rider ON orders (rider_id) WHERE ended_at IS NULL AND rider_id IS NOT NULL;

-- The snapshot says what the courier was told: no role changes it, whatever the code does.
CREATE FUNCTION refuse_snapshot_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'customer_snapshot never changes'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'orders_snapshot_immutable';
END
$$;
CREATE TRIGGER orders_snapshot_immutable BEFORE UPDATE ON orders
    FOR EACH ROW WHEN (OLD.customer_snapshot IS DISTINCT FROM NEW.customer_snapshot)
    EXECUTE FUNCTION refuse_snapshot_change();

-- Versioned rules that an administrator edits; the highest version counts.
CREATE TABLE policies (
    name                text        NOT NULL CONSTRAINT policies_name_form
                                    CHECK (name ~ '^[a-z]+(-[a-z]+)*$' AND char_length(name) <= 64),
    version             bigint      NOT NULL CONSTRAINT policies_version_positive CHECK (version >= 1),
    document            jsonb       NOT NULL CONSTRAINT policies_document_size
                                    CHECK (jsonb_typeof(document) = 'object'
                                           AND octet_length(document::text) <= 65536),
    changed_at          timestamptz NOT NULL,
    -- None: as delivered.
    changed_by          uuid,
    CONSTRAINT policies_pkey PRIMARY KEY (name, version)
);
INSERT INTO policies (name, version, document, changed_at)
VALUES ('category-ages', 1, '{"alcohol": 18, "tobacco": 18}', now());

-- Written before the data leaves. No foreign keys: staff and riders live in the identity provider,
-- and a key share lock on the customer would make every read a write to the customer's row.
CREATE TABLE customer_data_access_logs (
    id                  uuid        NOT NULL CONSTRAINT customer_data_access_logs_pkey PRIMARY KEY,
    accessed_by_user_id uuid        NOT NULL,
    customer_user_id    uuid        NOT NULL,
    role                text        NOT NULL CONSTRAINT access_logs_role_known
                                    CHECK (role IN ('utb', 'uta', 'utd')),
    branch_id           uuid,
    purpose             text        NOT NULL CONSTRAINT access_logs_purpose_length
                                    CHECK (char_length(purpose) BETWEEN 1 AND 200),
    order_id            uuid,
    -- Members of the API that were shown.
    fields              text[]      NOT NULL CONSTRAINT access_logs_fields_count
                                    CHECK (cardinality(fields) BETWEEN 1 AND 50),
    created_at          timestamptz NOT NULL
);
CREATE INDEX access_logs_by_customer ON customer_data_access_logs (customer_user_id, created_at DESC, id);
CREATE INDEX access_logs_by_reader ON customer_data_access_logs (accessed_by_user_id, created_at DESC);

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER access_logs_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON customer_data_access_logs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

GRANT SELECT, INSERT, UPDATE ON orders TO service;
GRANT SELECT, INSERT ON policies, customer_data_access_logs TO service;
