-- Only the owner and the silos enter, and nobody but the owner makes temporary tables.
-- Run by the superuser at every start, connected to the database: a start may have been cut short.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO service, branch_desk', current_database());
    -- For operators; absent from small builds of PostgreSQL.
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_stat_statements') THEN
        CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
    END IF;
END
$$;
