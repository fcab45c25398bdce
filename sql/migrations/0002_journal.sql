-- The journal: one row per committed command, written in the command's transaction. Insert-only.

CREATE TABLE customer_event (
    partition           smallint    NOT NULL CONSTRAINT customer_event_partition_range
                                    CHECK (partition BETWEEN 0 AND 31),
    xid                 xid8        NOT NULL DEFAULT pg_current_xact_id(),
    id                  bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    customer_id         uuid        NOT NULL,
    sequence            bigint      NOT NULL CONSTRAINT customer_event_sequence_positive CHECK (sequence >= 1),
    command_id          uuid        NOT NULL,
    actor_id            uuid        NOT NULL,
    actor_role          smallint    NOT NULL,
    at                  timestamptz NOT NULL,
    -- JSON array of the command's events without their personal members.
    events              text        NOT NULL CONSTRAINT customer_event_events_size
                                    CHECK (octet_length(events) BETWEEN 2 AND 65536),
    -- The personal members, a JSON array of the same length, sealed under the customer's data key.
    personal            bytea       CONSTRAINT customer_event_personal_size
                                    CHECK (octet_length(personal) <= 1048576),
    CONSTRAINT customer_event_pkey PRIMARY KEY (customer_id, sequence)
);
-- The order in which the feed reads: below the snapshot's horizon, nothing can appear in between.
CREATE INDEX customer_event_feed ON customer_event (partition, xid, id);

-- First answers of requests that carried an idempotency key, written in the command's transaction.
CREATE TABLE idempotent_replies (
    customer_id         uuid        NOT NULL,
    scope               bytea       NOT NULL CONSTRAINT idempotent_replies_scope_size CHECK (octet_length(scope) = 32),
    fingerprint         bytea       NOT NULL
                                    CONSTRAINT idempotent_replies_fingerprint_size CHECK (octet_length(fingerprint) = 32),
    code                smallint    NOT NULL,
    version             bigint      NOT NULL,
    reply               bytea       NOT NULL CONSTRAINT idempotent_replies_reply_size
                                    CHECK (octet_length(reply) <= 1048576),
    created_at          timestamptz NOT NULL,
    CONSTRAINT idempotent_replies_pkey PRIMARY KEY (customer_id, scope)
);
CREATE INDEX idempotent_replies_age ON idempotent_replies USING brin (created_at)
    WITH (pages_per_range = 16, autosummarize = on);

GRANT SELECT, INSERT ON customer_event TO service;
GRANT SELECT, INSERT, DELETE ON idempotent_replies TO service;
