-- The feed that carries the journal into streams, the seals over the journal, and what is counted
-- from it.

-- How far each partition's feed has delivered to all its subscribers. The owner is whoever raised
-- the epoch last; writes of an earlier owner find nothing to update.
CREATE TABLE stream_checkpoints (
    partition           smallint    NOT NULL CONSTRAINT stream_checkpoints_pkey PRIMARY KEY
                                    CONSTRAINT stream_checkpoints_partition_range
                                    CHECK (partition BETWEEN 0 AND 31),
    xid                 xid8        NOT NULL DEFAULT '0',
    id                  bigint      NOT NULL DEFAULT 0,
    owner_epoch         bigint      NOT NULL DEFAULT 0,
    delivered           bigint      NOT NULL DEFAULT 0,
    updated_at          timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
INSERT INTO stream_checkpoints (partition) SELECT generate_series(0, 31);

-- Journal rows that a subscriber could not take, one by one. Never skipped silently: replayed by
-- an operator once the cause is gone.
CREATE TABLE stream_dead_letters (
    id                  bigint      NOT NULL GENERATED ALWAYS AS IDENTITY
                                    CONSTRAINT stream_dead_letters_pkey PRIMARY KEY,
    partition           smallint    NOT NULL CONSTRAINT stream_dead_letters_partition_range
                                    CHECK (partition BETWEEN 0 AND 31),
    subscriber          text        NOT NULL CONSTRAINT stream_dead_letters_subscriber_length
                                    CHECK (char_length(subscriber) BETWEEN 1 AND 64),
    xid                 xid8        NOT NULL,
    row_id              bigint      NOT NULL,
    -- Kind of failure, never its text, which may repeat a value.
    reason              text        NOT NULL CONSTRAINT stream_dead_letters_reason_length
                                    CHECK (char_length(reason) BETWEEN 1 AND 200),
    created_at          timestamptz NOT NULL DEFAULT now(),
    replayed_at         timestamptz
);
CREATE UNIQUE INDEX stream_dead_letters_once
    ON stream_dead_letters (partition, subscriber, xid, row_id);
CREATE INDEX stream_dead_letters_open ON stream_dead_letters (subscriber, id)
    WHERE replayed_at IS NULL;

-- What of a journal row is sealed: all but transaction and id, by which it is only ordered.
-- STABLE, although it always gives the same: so it is taken into the statements that call it, which
-- makes them five times faster.
CREATE FUNCTION journal_leaf(e customer_event) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256(
        convert_to(concat_ws('|', e.partition, e.customer_id, e.sequence, e.command_id,
            e.actor_id, e.actor_role, (extract(epoch FROM e.at) * 1000000)::bigint), 'UTF8')
        || sha256(convert_to(e.events, 'UTF8'))
        || sha256(coalesce(e.personal, ''::bytea)));

-- Head of each partition's chain of seals.
CREATE TABLE audit_heads (
    partition           smallint    NOT NULL CONSTRAINT audit_heads_pkey PRIMARY KEY
                                    CONSTRAINT audit_heads_partition_range
                                    CHECK (partition BETWEEN 0 AND 31),
    number              bigint      NOT NULL DEFAULT 0,
    last_xid            xid8        NOT NULL DEFAULT '0',
    last_id             bigint      NOT NULL DEFAULT 0,
    hash                bytea       NOT NULL DEFAULT sha256(''::bytea)
                                    CONSTRAINT audit_heads_hash_size CHECK (octet_length(hash) = 32)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
INSERT INTO audit_heads (partition) SELECT generate_series(0, 31);

-- The chain: hash = SHA-256(previous hash, the leaves of the sealed rows in feed order).
CREATE TABLE audit_seals (
    partition           smallint    NOT NULL CONSTRAINT audit_seals_partition_range
                                    CHECK (partition BETWEEN 0 AND 31),
    number              bigint      NOT NULL CONSTRAINT audit_seals_number_positive CHECK (number >= 1),
    last_xid            xid8        NOT NULL,
    last_id             bigint      NOT NULL,
    row_count           integer     NOT NULL CONSTRAINT audit_seals_count_positive CHECK (row_count >= 1),
    -- Rows whose customer's preceding row was missing.
    gap_count           integer     NOT NULL CONSTRAINT audit_seals_gaps_range
                                    CHECK (gap_count >= 0),
    -- The first 8 bytes of each leaf, in order: they tell which row was changed.
    leaves              bytea       NOT NULL,
    hash                bytea       NOT NULL CONSTRAINT audit_seals_hash_size
                                    CHECK (octet_length(hash) = 32),
    sealed_at           timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT audit_seals_pkey PRIMARY KEY (partition, number),
    CONSTRAINT audit_seals_leaves_size CHECK (octet_length(leaves) = 8 * row_count)
);

-- How far the counting has come: effect and mark in one transaction.
CREATE TABLE metrics_marks (
    partition           smallint    NOT NULL CONSTRAINT metrics_marks_pkey PRIMARY KEY
                                    CONSTRAINT metrics_marks_partition_range
                                    CHECK (partition BETWEEN 0 AND 31),
    xid                 xid8        NOT NULL DEFAULT '0',
    id                  bigint      NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
INSERT INTO metrics_marks (partition) SELECT generate_series(0, 31);

-- Events of a kind on a day (UTC). By partition, so that partitions do not wait for each other.
CREATE TABLE service_counters (
    day                 date        NOT NULL,
    kind                text        NOT NULL CONSTRAINT service_counters_kind_length
                                    CHECK (char_length(kind) BETWEEN 1 AND 64),
    partition           smallint    NOT NULL CONSTRAINT service_counters_partition_range
                                    CHECK (partition BETWEEN 0 AND 31),
    events              bigint      NOT NULL CONSTRAINT service_counters_events_positive CHECK (events >= 1),
    CONSTRAINT service_counters_pkey PRIMARY KEY (day, kind, partition)
) WITH (fillfactor = 70);

CREATE TABLE customer_metrics (
    user_id             uuid        NOT NULL CONSTRAINT customer_metrics_pkey PRIMARY KEY
                                    CONSTRAINT customer_metrics_user REFERENCES users (id),
    cart_abandon_count  integer     NOT NULL DEFAULT 0
                                    CONSTRAINT customer_metrics_abandons_range CHECK (cart_abandon_count >= 0),
    last_active_at      timestamptz,
    session_count       integer     NOT NULL DEFAULT 0
                                    CONSTRAINT customer_metrics_sessions_range CHECK (session_count >= 0),
    session_seconds     bigint      NOT NULL DEFAULT 0
                                    CONSTRAINT customer_metrics_seconds_range CHECK (session_seconds >= 0),
    -- Seconds.
    avg_session_duration numeric(12,2) NOT NULL GENERATED ALWAYS AS
                                    (CASE WHEN session_count = 0 THEN 0
                                          ELSE round(session_seconds::numeric / session_count, 2) END) STORED
) WITH (fillfactor = 70);

-- Sessions of apps: start and end arrive apart, perhaps in either order.
CREATE TABLE customer_sessions (
    user_id             uuid        NOT NULL CONSTRAINT customer_sessions_user REFERENCES users (id),
    session_id          text        NOT NULL CONSTRAINT customer_sessions_id_length
                                    CHECK (char_length(session_id) BETWEEN 1 AND 64),
    started_at          timestamptz,
    ended_at            timestamptz,
    is_counted          boolean     NOT NULL DEFAULT false,
    CONSTRAINT customer_sessions_pkey PRIMARY KEY (user_id, session_id)
) WITH (fillfactor = 70);
CREATE INDEX customer_sessions_age ON customer_sessions (coalesce(ended_at, started_at));

GRANT SELECT, UPDATE ON stream_checkpoints, audit_heads, metrics_marks TO service;
GRANT SELECT, INSERT ON audit_seals TO service;
GRANT SELECT, INSERT, UPDATE ON stream_dead_letters, service_counters, customer_metrics TO service;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_sessions TO service;
