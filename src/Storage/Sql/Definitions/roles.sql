-- The two roles that log in. Run by the superuser at every start; gives existing roles the
-- current passwords. Needs bootstrap-passwords.sql in the same transaction.
-- customers_owner: owns the database, runs migrations. CREATEROLE, because migrations make the
-- roles that row-level security speaks of. service: the silos; owns nothing, bypasses nothing.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'customers_owner') THEN
        CREATE ROLE customers_owner;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'service') THEN
        CREATE ROLE service;
    END IF;
    EXECUTE format(
        'ALTER ROLE customers_owner LOGIN CREATEROLE NOSUPERUSER NOCREATEDB NOBYPASSRLS'
        ' PASSWORD %L',
        current_setting('bootstrap.owner_password'));
    EXECUTE format(
        'ALTER ROLE service LOGIN NOCREATEROLE NOSUPERUSER NOCREATEDB NOBYPASSRLS PASSWORD %L',
        current_setting('bootstrap.service_password'));
END
$$;
-- A statement of a silo that runs longer has lost its caller long ago, and holds back the feed.
ALTER ROLE service SET statement_timeout = '30s';
