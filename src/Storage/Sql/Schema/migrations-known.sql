-- Whether this database has a record of migrations at all.
-- Returns one row: boolean.
SELECT to_regclass('schema_migration') IS NOT NULL;
