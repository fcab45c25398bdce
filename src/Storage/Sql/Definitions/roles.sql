-- The roles. Run by the superuser at every start; gives existing roles the current passwords, and
-- older data folders the roles they lack. Needs bootstrap-passwords.sql in the same transaction.
-- customers_owner: owns the database, runs migrations. service: the silos; owns nothing, bypasses
-- nothing. utc, utb, uta, utd: what row-level security speaks of; nobody logs in as one of them,
-- they are taken for a transaction. branch_desk: the silos' reads for branches; it may take utb and
-- nothing else, so that whoever steals such a connection has nothing else either.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY
        ARRAY['customers_owner', 'service', 'branch_desk', 'utc', 'utb', 'uta', 'utd']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I', name);
        END IF;
    END LOOP;
    EXECUTE format(
        'ALTER ROLE customers_owner LOGIN CREATEROLE NOSUPERUSER NOCREATEDB NOBYPASSRLS'
        ' PASSWORD %L',
        current_setting('bootstrap.owner_password'));
    -- NOINHERIT: what a role may do is its own, until it takes another.
    EXECUTE format(
        'ALTER ROLE service LOGIN NOINHERIT NOCREATEROLE NOSUPERUSER NOCREATEDB NOBYPASSRLS'
        ' PASSWORD %L',
        current_setting('bootstrap.service_password'));
    EXECUTE format(
        'ALTER ROLE branch_desk LOGIN NOINHERIT NOCREATEROLE NOSUPERUSER NOCREATEDB NOBYPASSRLS'
        ' PASSWORD %L',
        current_setting('bootstrap.branch_password'));
    FOREACH name IN ARRAY ARRAY['utc', 'utb', 'uta', 'utd'] LOOP
        EXECUTE format(
            'ALTER ROLE %I NOLOGIN NOINHERIT NOCREATEROLE NOSUPERUSER NOCREATEDB NOBYPASSRLS',
            name);
        EXECUTE format('GRANT %I TO service', name);
    END LOOP;
    GRANT utb TO branch_desk;
END
$$;
-- A statement of a silo that runs longer has lost its caller long ago, and holds back the feed.
ALTER ROLE service SET statement_timeout = '30s';
ALTER ROLE branch_desk SET statement_timeout = '10s';
ALTER ROLE branch_desk SET idle_in_transaction_session_timeout = '10s';
