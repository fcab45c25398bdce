-- The record of the steps this database has taken. Run by the owner before every migration;
-- changes nothing when the table is there. Silos read it at start.
CREATE TABLE IF NOT EXISTS schema_migration (
    number      integer     NOT NULL CONSTRAINT schema_migration_pkey PRIMARY KEY
                            CONSTRAINT schema_migration_number_range
                            CHECK (number BETWEEN 0 AND 9999),
    name        text        NOT NULL
                            CONSTRAINT schema_migration_name_length
                            CHECK (char_length(name) BETWEEN 1 AND 100),
    checksum    bytea       NOT NULL
                            CONSTRAINT schema_migration_checksum_size
                            CHECK (octet_length(checksum) = 32),
    applied_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT ON schema_migration TO service;
