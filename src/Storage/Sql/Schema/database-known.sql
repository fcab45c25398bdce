-- Whether the service's database exists in this server.
-- Returns one row: boolean.
SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'customers');
