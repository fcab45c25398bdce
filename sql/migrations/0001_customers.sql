-- Customers: identity, profile, data key, addresses, avatars.
-- Phone, email, date of birth and address lines are ciphertext (AES-256-GCM under the customer's
-- data key); the *_index columns are keyed hashes for exact look-up and uniqueness.

CREATE TABLE users (
    id                  uuid        NOT NULL CONSTRAINT users_pkey PRIMARY KEY,
    version             bigint      NOT NULL CONSTRAINT users_version_positive CHECK (version >= 1),
    scope               text        NOT NULL DEFAULT 'UTC'
                                    CONSTRAINT users_scope_known CHECK (scope IN ('UTC')),
    name                text        CONSTRAINT users_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    phone               bytea       CONSTRAINT users_phone_size CHECK (octet_length(phone) <= 128),
    phone_index         bytea       CONSTRAINT users_phone_index_size CHECK (octet_length(phone_index) = 32),
    phone_verified      boolean     NOT NULL DEFAULT false,
    email               bytea       CONSTRAINT users_email_size CHECK (octet_length(email) <= 512),
    email_index         bytea       CONSTRAINT users_email_index_size CHECK (octet_length(email_index) = 32),
    email_verified      boolean     NOT NULL DEFAULT false,
    account_status      text        NOT NULL DEFAULT 'active'
                                    CONSTRAINT users_account_status_known
                                    CHECK (account_status IN ('active', 'blocked', 'suspended', 'temporary')),
    is_temporary        boolean     NOT NULL DEFAULT false,
    last_login_at       timestamptz,
    tokens_valid_after  timestamptz,
    deleted_at          timestamptz,
    merged_into         uuid        CONSTRAINT users_merged_into_other CHECK (merged_into <> id),
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    CONSTRAINT users_phone_whole CHECK ((phone IS NULL) = (phone_index IS NULL)),
    CONSTRAINT users_email_whole CHECK ((email IS NULL) = (email_index IS NULL))
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);

-- One living owner per contact, whatever the code does.
CREATE UNIQUE INDEX users_phone_owner ON users (phone_index) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_email_owner ON users (email_index) WHERE deleted_at IS NULL;
CREATE INDEX idx_users_scope ON users (scope, account_status) WHERE deleted_at IS NULL;

CREATE TABLE customer_data_keys (
    user_id             uuid        NOT NULL CONSTRAINT customer_data_keys_pkey PRIMARY KEY
                                    CONSTRAINT customer_data_keys_user REFERENCES users (id),
    master_key_id       integer     NOT NULL,
    wrapped_key         bytea       NOT NULL
                                    CONSTRAINT customer_data_keys_size CHECK (octet_length(wrapped_key) = 61)
);
-- Rotation walks the rows that are still wrapped by an older master key.
CREATE INDEX customer_data_keys_master ON customer_data_keys (master_key_id, user_id);

CREATE TABLE media_assets (
    id                  uuid        NOT NULL CONSTRAINT media_assets_pkey PRIMARY KEY,
    owner_user_id       uuid        NOT NULL CONSTRAINT media_assets_owner REFERENCES users (id),
    content_type        text        NOT NULL CONSTRAINT media_assets_content_type_length
                                    CHECK (char_length(content_type) BETWEEN 3 AND 100),
    bytes               bigint      NOT NULL CONSTRAINT media_assets_bytes_range
                                    CHECK (bytes BETWEEN 1 AND 10485760),
    created_at          timestamptz NOT NULL
);
CREATE INDEX media_assets_by_owner ON media_assets (owner_user_id);

CREATE TABLE customer_profiles (
    user_id                  uuid          NOT NULL CONSTRAINT customer_profiles_pkey PRIMARY KEY
                                           CONSTRAINT customer_profiles_user REFERENCES users (id),
    avatar_media_id          uuid          CONSTRAINT customer_profiles_avatar REFERENCES media_assets (id),
    date_of_birth            bytea         CONSTRAINT customer_profiles_date_of_birth_size
                                           CHECK (octet_length(date_of_birth) <= 64),
    gender                   text          CONSTRAINT customer_profiles_gender_known
                                           CHECK (gender IN ('male', 'female', 'other')),
    preferred_language       text          NOT NULL DEFAULT 'en'
                                           CONSTRAINT customer_profiles_language_length
                                           CHECK (char_length(preferred_language) BETWEEN 2 AND 35),
    notification_preferences jsonb         NOT NULL
                                           DEFAULT '{"email": true, "sms": true, "push": true}',
    total_orders_count       integer       NOT NULL DEFAULT 0
                                           CONSTRAINT customer_profiles_orders_range CHECK (total_orders_count >= 0),
    total_spend              numeric(14,2) NOT NULL DEFAULT 0
                                           CONSTRAINT customer_profiles_spend_range CHECK (total_spend >= 0),
    average_order_value      numeric(14,2) NOT NULL GENERATED ALWAYS AS
                                           (CASE WHEN total_orders_count = 0 THEN 0
                                                 ELSE round(total_spend / total_orders_count, 2) END) STORED,
    customer_tier            text          NOT NULL DEFAULT 'new'
                                           CONSTRAINT customer_profiles_tier_known
                                           CHECK (customer_tier IN ('new', 'regular', 'vip', 'premium')),
    customer_segment         text          NOT NULL DEFAULT 'general'
                                           CONSTRAINT customer_profiles_segment_length
                                           CHECK (char_length(customer_segment) BETWEEN 1 AND 50),
    risk_score               integer       NOT NULL DEFAULT 0
                                           CONSTRAINT customer_profiles_risk_range CHECK (risk_score BETWEEN 0 AND 100),
    is_verified              boolean       NOT NULL DEFAULT false,
    created_at               timestamptz   NOT NULL,
    updated_at               timestamptz   NOT NULL
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX idx_customer_profiles_tier ON customer_profiles (customer_tier);
CREATE INDEX idx_customer_profiles_total_spend ON customer_profiles (total_spend);

CREATE TABLE addresses (
    id                  uuid          NOT NULL CONSTRAINT addresses_pkey PRIMARY KEY,
    user_id             uuid          NOT NULL CONSTRAINT addresses_user REFERENCES users (id),
    label               text          NOT NULL DEFAULT 'Home'
                                      CONSTRAINT addresses_label_length CHECK (char_length(label) BETWEEN 1 AND 50),
    line1               bytea         CONSTRAINT addresses_line1_size CHECK (octet_length(line1) <= 1024),
    line2               bytea         CONSTRAINT addresses_line2_size CHECK (octet_length(line2) <= 1024),
    city                text          CONSTRAINT addresses_city_length CHECK (char_length(city) BETWEEN 1 AND 100),
    state               text          CONSTRAINT addresses_state_length CHECK (char_length(state) BETWEEN 1 AND 100),
    postal_code         text          CONSTRAINT addresses_postal_code_length
                                      CHECK (char_length(postal_code) BETWEEN 1 AND 16),
    country             text          NOT NULL CONSTRAINT addresses_country_form CHECK (country ~ '^[A-Z]{2}$'),
    latitude            numeric(10,8) CONSTRAINT addresses_latitude_range CHECK (latitude BETWEEN -90 AND 90),
    longitude           numeric(11,8) CONSTRAINT addresses_longitude_range CHECK (longitude BETWEEN -180 AND 180),
    is_default          boolean       NOT NULL DEFAULT false,
    last_used_at        timestamptz,
    deleted_at          timestamptz,
    created_at          timestamptz   NOT NULL,
    updated_at          timestamptz   NOT NULL,
    CONSTRAINT addresses_coordinates_whole CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CONSTRAINT addresses_located CHECK
        (latitude IS NOT NULL OR (line1 IS NOT NULL AND city IS NOT NULL AND postal_code IS NOT NULL)
         OR deleted_at IS NOT NULL)
) WITH (fillfactor = 90);

CREATE UNIQUE INDEX unique_default_address_per_user ON addresses (user_id)
    WHERE is_default AND deleted_at IS NULL;
CREATE INDEX addresses_by_user ON addresses (user_id) WHERE deleted_at IS NULL;
CREATE INDEX idx_addresses_geo ON addresses (latitude, longitude)
    WHERE deleted_at IS NULL AND latitude IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON users, customer_profiles, customer_data_keys, addresses, media_assets
    TO service;
