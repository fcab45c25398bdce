-- What a customer asks for about the own data: to be forgotten, and a copy of everything.

-- Wishes to be forgotten that are neither cancelled nor carried out.
CREATE TABLE customer_erasures (
    user_id             uuid        NOT NULL CONSTRAINT customer_erasures_pkey PRIMARY KEY
                                    CONSTRAINT customer_erasures_user REFERENCES users (id),
    requested_at        timestamptz NOT NULL,
    -- Not before; later while orders are under way or a contact change can be undone.
    runs_at             timestamptz NOT NULL
                                    CONSTRAINT customer_erasures_runs_after
                                    CHECK (runs_at >= requested_at)
);
CREATE INDEX customer_erasures_due ON customer_erasures (runs_at, user_id);

CREATE TABLE privacy_exports (
    id                  uuid        NOT NULL CONSTRAINT privacy_exports_pkey PRIMARY KEY,
    user_id             uuid        NOT NULL CONSTRAINT privacy_exports_user REFERENCES users (id),
    state               text        NOT NULL DEFAULT 'running'
                                    CONSTRAINT privacy_exports_state_known
                                    CHECK (state IN ('running', 'ready', 'expired')),
    -- JSON, compressed, under the customer's data key.
    document            bytea       CONSTRAINT privacy_exports_document_size
                                    CHECK (octet_length(document) <= 33554432),
    attempts            integer     NOT NULL DEFAULT 0
                                    CONSTRAINT privacy_exports_attempts_range
                                    CHECK (attempts BETWEEN 0 AND 5),
    -- While a silo makes it: when another may take it over.
    next_attempt_at     timestamptz NOT NULL,
    created_at          timestamptz NOT NULL,
    -- None while it is being made.
    expires_at          timestamptz,
    CONSTRAINT privacy_exports_document_when_ready
        CHECK ((state = 'ready') = (document IS NOT NULL)),
    CONSTRAINT privacy_exports_ends_when_made
        CHECK ((state = 'running') = (expires_at IS NULL))
);
-- One is made at a time, whatever the code does.
CREATE UNIQUE INDEX privacy_exports_one_running ON privacy_exports (user_id)
    WHERE state = 'running';
CREATE INDEX privacy_exports_by_user ON privacy_exports (user_id, created_at);
CREATE INDEX privacy_exports_due ON privacy_exports (next_attempt_at) WHERE state = 'running';
CREATE INDEX privacy_exports_end ON privacy_exports (expires_at) WHERE expires_at IS NOT NULL;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['customer_erasures', 'privacy_exports'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY service_everything ON %I TO service USING (true) WITH CHECK (true)',
            name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_erasures, privacy_exports TO service;

-- Whom a message is about, or at least which contact it goes to: it goes with the person.
ALTER TABLE courier_messages
    ADD COLUMN user_id uuid,
    ADD COLUMN destination_index bytea CONSTRAINT courier_messages_destination_index_size
        CHECK (octet_length(destination_index) = 32);
CREATE INDEX courier_messages_by_user ON courier_messages (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX courier_messages_by_destination ON courier_messages (destination_index)
    WHERE destination_index IS NOT NULL;

-- By whom: what goes with a person is found without a table scan.
CREATE INDEX otps_by_user ON otps (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX otps_by_destination ON otps (destination_index);
CREATE INDEX contact_reservations_by_user ON contact_reservations (user_id);
CREATE INDEX addresses_removed_by_user ON addresses (user_id) WHERE deleted_at IS NOT NULL;
-- For the foreign key: media go only when no profile shows them.
CREATE INDEX customer_profiles_avatar ON customer_profiles (avatar_media_id)
    WHERE avatar_media_id IS NOT NULL;

GRANT DELETE ON customer_data_keys, media_assets, contact_changes, customer_metrics TO service;
