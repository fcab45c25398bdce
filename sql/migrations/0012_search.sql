-- Administrators' search: an index for each filter, with the order of pages in it. See
-- docs/adr/0016.

-- What two names have in common for whoever searches: letters without case and accents, one blank
-- between words.
CREATE FUNCTION name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(regexp_replace(
    regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]+', '', 'g'), '\s+', ' ', 'g'));

-- How names begin. A table of its own: an index on users.name would make every edit of a name
-- write to all indexes of users. No foreign key: its lock would make this a second write to users.
CREATE TABLE customer_names (
    user_id             uuid        NOT NULL CONSTRAINT customer_names_pkey PRIMARY KEY,
    -- Of the name's first 16 characters.
    name_key            text        COLLATE "C" NOT NULL
                                    CONSTRAINT customer_names_key_length
                                    CHECK (char_length(name_key) <= 64)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX customer_names_by_key ON customer_names (name_key, user_id);

-- The names that are there already. The owner sees no rows unless FORCE is lifted.
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
INSERT INTO customer_names (user_id, name_key)
SELECT id, left(name_key(left(name, 16)), 64)
FROM users
WHERE name IS NOT NULL AND deleted_at IS NULL;
ALTER TABLE users FORCE ROW LEVEL SECURITY;

ALTER TABLE customer_names ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_names FORCE ROW LEVEL SECURITY;
CREATE POLICY service_everything ON customer_names TO service USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_names TO service;

-- The same indexes as before with the id behind, by which pages follow each other.
DROP INDEX idx_users_scope;
CREATE INDEX idx_users_scope ON users (scope, account_status, id) WHERE deleted_at IS NULL;
DROP INDEX idx_customer_profiles_tier;
CREATE INDEX idx_customer_profiles_tier ON customer_profiles (customer_tier, user_id);
DROP INDEX idx_customer_profiles_total_spend;
CREATE INDEX idx_customer_profiles_total_spend ON customer_profiles (total_spend, user_id);
CREATE INDEX customer_profiles_by_segment ON customer_profiles (customer_segment, user_id);
