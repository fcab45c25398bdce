-- Contact changes: what is remembered of them per customer and channel, and the contacts that are
-- kept for owners who may still undo. The codes themselves lie in otps (purpose profile_update).

CREATE TABLE contact_changes (
    user_id             uuid          NOT NULL CONSTRAINT contact_changes_user REFERENCES users (id),
    channel             text          NOT NULL CONSTRAINT contact_changes_channel_known
                                      CHECK (channel IN ('phone', 'email')),
    -- The row of otps; without a foreign key, because that is purged long after it has expired.
    pending_id          uuid,
    -- SHA-256 of the token that the old contact was sent.
    cancel_hash         bytea         CONSTRAINT contact_changes_cancel_hash_size
                                      CHECK (octet_length(cancel_hash) = 32),
    series_started_at   timestamptz,
    series_last_sent_at timestamptz,
    series_sends        integer       CONSTRAINT contact_changes_sends_positive CHECK (series_sends >= 1),
    -- Wrong codes of the last 24 hours, oldest first.
    failures            timestamptz[] NOT NULL DEFAULT '{}'
                                      CONSTRAINT contact_changes_failures_count
                                      CHECK (cardinality(failures) <= 10),
    -- The contact that an undo brings back, under the customer's data key.
    undo_old            bytea         CONSTRAINT contact_changes_undo_old_size
                                      CHECK (octet_length(undo_old) <= 512),
    undo_hash           bytea         CONSTRAINT contact_changes_undo_hash_size
                                      CHECK (octet_length(undo_hash) = 32),
    undo_until          timestamptz,
    -- The last token that did its work.
    spent_hash          bytea         CONSTRAINT contact_changes_spent_hash_size
                                      CHECK (octet_length(spent_hash) = 32),
    spent_undid         boolean,
    updated_at          timestamptz   NOT NULL,
    CONSTRAINT contact_changes_pkey PRIMARY KEY (user_id, channel),
    CONSTRAINT contact_changes_cancel_of_pending CHECK (cancel_hash IS NULL OR pending_id IS NOT NULL),
    CONSTRAINT contact_changes_series_whole
        CHECK (num_nulls(series_started_at, series_last_sent_at, series_sends) IN (0, 3)),
    CONSTRAINT contact_changes_undo_whole
        CHECK (num_nulls(undo_old, undo_hash, undo_until) IN (0, 3)),
    CONSTRAINT contact_changes_spent_whole CHECK (num_nulls(spent_hash, spent_undid) IN (0, 2))
) WITH (fillfactor = 80);

-- A contact that was given up lately: nobody else may claim it until its owner can no longer undo.
CREATE TABLE contact_reservations (
    contact_index       bytea         NOT NULL CONSTRAINT contact_reservations_index_size
                                      CHECK (octet_length(contact_index) = 32),
    channel             text          NOT NULL CONSTRAINT contact_reservations_channel_known
                                      CHECK (channel IN ('phone', 'email')),
    user_id             uuid          NOT NULL CONSTRAINT contact_reservations_user REFERENCES users (id),
    until               timestamptz   NOT NULL,
    CONSTRAINT contact_reservations_pkey PRIMARY KEY (contact_index, channel)
);
CREATE INDEX contact_reservations_end ON contact_reservations (until);

-- Rolls back a transaction that claimed a reserved contact, by an error that names the rule.
CREATE FUNCTION refuse_reserved_contact() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The contact is reserved.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'contact_reservations_owner';
END
$$;

GRANT SELECT, INSERT, UPDATE ON contact_changes TO service;
GRANT SELECT, INSERT, UPDATE, DELETE ON contact_reservations TO service;
