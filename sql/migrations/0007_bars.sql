-- What keeps customers out: the present block or suspension of each. Earlier ones are history.

CREATE TABLE customer_bars (
    user_id             uuid        NOT NULL CONSTRAINT customer_bars_pkey PRIMARY KEY
                                    CONSTRAINT customer_bars_user REFERENCES users (id),
    kind                text        NOT NULL CONSTRAINT customer_bars_kind_known
                                    CHECK (kind IN ('blocked', 'suspended')),
    scope               text        NOT NULL CONSTRAINT customer_bars_scope_known
                                    CHECK (scope IN ('all', 'ordering')),
    reason_code         text        NOT NULL CONSTRAINT customer_bars_reason_code_form
                                    CHECK (reason_code ~ '^[a-z0-9-]{1,64}$'),
    -- Under the customer's data key, as all free text about a person.
    comment             bytea       CONSTRAINT customer_bars_comment_size
                                    CHECK (octet_length(comment) <= 2048),
    public_reason       bytea       CONSTRAINT customer_bars_public_reason_size
                                    CHECK (octet_length(public_reason) <= 2048),
    -- None: until an administrator lifts it.
    until               timestamptz,
    barred_by           uuid        NOT NULL,
    barred_at           timestamptz NOT NULL,
    CONSTRAINT customer_bars_only_suspensions_end CHECK (until IS NULL OR kind = 'suspended')
) WITH (fillfactor = 80);

-- The suspensions that are over, for those who record it.
CREATE INDEX customer_bars_due ON customer_bars (until, user_id) WHERE until IS NOT NULL;

-- A guest stays one while barred, so that lifting the bar gives the right status back.
ALTER TABLE users ADD CONSTRAINT users_temporary_is_known CHECK (
    account_status IN ('blocked', 'suspended') OR is_temporary = (account_status = 'temporary'));

GRANT SELECT, INSERT, UPDATE, DELETE ON customer_bars TO service;
