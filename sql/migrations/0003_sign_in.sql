-- One-time codes, their budgets, refresh tokens, and the courier that carries messages.
-- Contacts are ciphertext under the service's key, found by keyed hash; of a code only a keyed hash
-- is stored, of a refresh token only a SHA-256 (it has 256 random bits).

CREATE TABLE otps (
    id                  uuid        NOT NULL CONSTRAINT otps_pkey PRIMARY KEY,
    -- The customer on whose behalf the code was sent; none when signing in, where nobody is known.
    user_id             uuid        CONSTRAINT otps_user REFERENCES users (id),
    purpose             text        NOT NULL CONSTRAINT otps_purpose_known
                                    CHECK (purpose IN ('sign_in', 'profile_update', 'account_link')),
    channel             text        NOT NULL CONSTRAINT otps_channel_known
                                    CHECK (channel IN ('phone', 'email')),
    destination         bytea       NOT NULL CONSTRAINT otps_destination_size
                                    CHECK (octet_length(destination) <= 512),
    destination_index   bytea       NOT NULL CONSTRAINT otps_destination_index_size
                                    CHECK (octet_length(destination_index) = 32),
    code_hash           bytea       NOT NULL CONSTRAINT otps_code_hash_size
                                    CHECK (octet_length(code_hash) = 32),
    master_key_id       integer     NOT NULL,
    expires_at          timestamptz NOT NULL,
    attempts            integer     NOT NULL DEFAULT 0
                                    CONSTRAINT otps_attempts_range CHECK (attempts BETWEEN 0 AND 5),
    consumed_at         timestamptz,
    created_at          timestamptz NOT NULL,
    CONSTRAINT otps_lifetime CHECK (expires_at > created_at)
) WITH (fillfactor = 90);
CREATE INDEX otps_age ON otps (created_at);

-- The row of a destination is the lock under which codes to it are sent and tried.
CREATE TABLE otp_destinations (
    channel             text          NOT NULL CONSTRAINT otp_destinations_channel_known
                                      CHECK (channel IN ('phone', 'email')),
    destination_index   bytea         NOT NULL CONSTRAINT otp_destinations_index_size
                                      CHECK (octet_length(destination_index) = 32),
    -- Codes sent in the last 24 hours, over all customers and purposes, oldest first.
    sends               timestamptz[] NOT NULL DEFAULT '{}'
                                      CONSTRAINT otp_destinations_sends_count CHECK (cardinality(sends) <= 10),
    -- Wrong tries to sign in of the last 24 hours, oldest first.
    failures            timestamptz[] NOT NULL DEFAULT '{}'
                                      CONSTRAINT otp_destinations_failures_count
                                      CHECK (cardinality(failures) <= 64),
    updated_at          timestamptz   NOT NULL,
    CONSTRAINT otp_destinations_pkey PRIMARY KEY (destination_index, channel)
) WITH (fillfactor = 70);
CREATE INDEX otp_destinations_age ON otp_destinations (updated_at);

-- The codes sent for one purpose since the last success: the cool-down doubles with each.
CREATE TABLE otp_series (
    purpose             text        NOT NULL CONSTRAINT otp_series_purpose_known
                                    CHECK (purpose IN ('sign_in', 'account_link')),
    channel             text        NOT NULL CONSTRAINT otp_series_channel_known
                                    CHECK (channel IN ('phone', 'email')),
    destination_index   bytea       NOT NULL CONSTRAINT otp_series_index_size
                                    CHECK (octet_length(destination_index) = 32),
    started_at          timestamptz NOT NULL,
    last_sent_at        timestamptz NOT NULL,
    sends               integer     NOT NULL CONSTRAINT otp_series_sends_positive CHECK (sends >= 1),
    CONSTRAINT otp_series_pkey PRIMARY KEY (destination_index, channel, purpose)
) WITH (fillfactor = 90);
CREATE INDEX otp_series_age ON otp_series (started_at);

CREATE TABLE refresh_tokens (
    token_hash          bytea       NOT NULL CONSTRAINT refresh_tokens_pkey PRIMARY KEY
                                    CONSTRAINT refresh_tokens_hash_size CHECK (octet_length(token_hash) = 32),
    -- All tokens that descend from one sign-in.
    family_id           uuid        NOT NULL,
    user_id             uuid        NOT NULL CONSTRAINT refresh_tokens_user REFERENCES users (id),
    expires_at          timestamptz NOT NULL,
    used_at             timestamptz,
    revoked_at          timestamptz,
    created_at          timestamptz NOT NULL,
    CONSTRAINT refresh_tokens_lifetime CHECK (expires_at > created_at)
) WITH (fillfactor = 90);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_end ON refresh_tokens (expires_at);

-- Messages to carry, written in the transaction of what they tell about.
CREATE TABLE courier_messages (
    id                  uuid        NOT NULL CONSTRAINT courier_messages_pkey PRIMARY KEY,
    state               text        NOT NULL DEFAULT 'waiting'
                                    CONSTRAINT courier_messages_state_known
                                    CHECK (state IN ('waiting', 'sent', 'given_up')),
    -- JSON under the service's key; gone as soon as nothing is left to send.
    payload             bytea       CONSTRAINT courier_messages_payload_size
                                    CHECK (octet_length(payload) <= 8192),
    attempts            integer     NOT NULL DEFAULT 0
                                    CONSTRAINT courier_messages_attempts_range CHECK (attempts BETWEEN 0 AND 20),
    -- While a silo carries it: when another may take it over.
    next_attempt_at     timestamptz NOT NULL,
    -- Pointless to deliver later.
    expires_at          timestamptz NOT NULL,
    created_at          timestamptz NOT NULL,
    finished_at         timestamptz,
    CONSTRAINT courier_messages_payload_while_waiting
        CHECK ((state = 'waiting') = (payload IS NOT NULL)),
    CONSTRAINT courier_messages_finished_when_done
        CHECK ((state = 'waiting') = (finished_at IS NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX courier_messages_due ON courier_messages (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX courier_messages_age ON courier_messages (finished_at) WHERE state <> 'waiting';

-- Where the courier delivers on a developer's machine. Empty everywhere else.
CREATE TABLE dev_mailbox (
    id                  uuid        NOT NULL CONSTRAINT dev_mailbox_pkey PRIMARY KEY,
    destination_index   bytea       NOT NULL CONSTRAINT dev_mailbox_index_size
                                    CHECK (octet_length(destination_index) = 32),
    payload             bytea       NOT NULL CONSTRAINT dev_mailbox_payload_size
                                    CHECK (octet_length(payload) <= 8192),
    sent_at             timestamptz NOT NULL,
    -- The order of delivery, also within a millisecond.
    position            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX dev_mailbox_by_destination ON dev_mailbox (destination_index, position DESC);
CREATE INDEX dev_mailbox_age ON dev_mailbox (sent_at);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON otps, otp_destinations, otp_series, refresh_tokens, courier_messages, dev_mailbox
    TO service;
