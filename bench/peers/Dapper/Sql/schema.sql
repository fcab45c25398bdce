-- Plain columns, one index for each question that is asked.
CREATE TABLE users (
    id             uuid PRIMARY KEY,
    version        bigint NOT NULL,
    name           text,
    phone          text UNIQUE,
    email          text UNIQUE,
    phone_verified boolean NOT NULL DEFAULT false,
    email_verified boolean NOT NULL DEFAULT false,
    account_status text NOT NULL,
    last_login_at  timestamptz,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL
) WITH (fillfactor = 90);

CREATE TABLE customer_profiles (
    user_id                  uuid PRIMARY KEY REFERENCES users,
    gender                   text,
    date_of_birth            date,
    preferred_language       text NOT NULL,
    notification_preferences jsonb NOT NULL,
    customer_tier            text NOT NULL,
    customer_segment         text NOT NULL,
    total_orders_count       int NOT NULL DEFAULT 0,
    total_spend              numeric(14, 2) NOT NULL DEFAULT 0
) WITH (fillfactor = 90);

CREATE TABLE addresses (
    id          uuid PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES users,
    label       text,
    line1       text,
    line2       text,
    city        text,
    state       text,
    postal_code text,
    country     text,
    latitude    numeric(10, 8),
    longitude   numeric(11, 8),
    is_default  boolean NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL
) WITH (fillfactor = 90);
CREATE INDEX addresses_of_user ON addresses (user_id);
CREATE UNIQUE INDEX one_default ON addresses (user_id) WHERE is_default;

CREATE TABLE orders (
    id                uuid PRIMARY KEY,
    customer_id       uuid NOT NULL REFERENCES users,
    branch_id         uuid NOT NULL,
    rider_id          uuid NOT NULL,
    status            text NOT NULL,
    customer_snapshot jsonb NOT NULL,
    phone_updated     boolean NOT NULL DEFAULT false,
    contact_version   bigint NOT NULL DEFAULT 0
);

CREATE TABLE profile_history (
    customer_id uuid NOT NULL,
    sequence    bigint NOT NULL,
    actor_id    uuid NOT NULL,
    at          timestamptz NOT NULL,
    changes     jsonb NOT NULL,
    PRIMARY KEY (customer_id, sequence)
);

CREATE TABLE access_log (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    accessed_by uuid NOT NULL,
    customer_id uuid NOT NULL,
    role        text NOT NULL,
    branch_id   uuid,
    purpose     text NOT NULL,
    order_id    uuid NOT NULL,
    fields      text[] NOT NULL,
    at          timestamptz NOT NULL
);
CREATE INDEX access_log_of_customer ON access_log (customer_id, id);

CREATE TABLE idempotent_replies (
    customer_id uuid NOT NULL,
    scope       bytea NOT NULL,
    fingerprint bytea NOT NULL,
    body        bytea NOT NULL,
    version     bigint NOT NULL,
    at          timestamptz NOT NULL,
    PRIMARY KEY (customer_id, scope)
);
