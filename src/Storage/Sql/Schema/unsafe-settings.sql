-- Settings under which an acknowledged commit may be lost, as this session has them.
-- Returns one row: text such as 'fsync = off', or NULL when all is well.
SELECT string_agg(name || ' = ' || setting, ', ' ORDER BY name)
FROM pg_settings
WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off';
