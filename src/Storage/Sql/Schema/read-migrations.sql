-- The steps this database has taken.
-- Returns number, name, checksum (SHA-256, 32 bytes), in order. Uses schema_migration_pkey.
SELECT number, name, checksum
FROM schema_migration
ORDER BY number;
