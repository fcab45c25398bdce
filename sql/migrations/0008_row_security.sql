-- Row-level security: who may see which rows, whatever the code in front does. See docs/adr/0012.

-- The launcher's start makes the roles before any migration; a database that somebody else looks
-- after may lack them, and its owner has CREATEROLE.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['utc', 'utb', 'uta', 'utd'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', name);
            EXECUTE format('GRANT %I TO service', name);
        END IF;
    END LOOP;
END
$$;

-- What a context is proved with. Read by the functions below alone: their owner is this table's.
CREATE TABLE context_keys (
    id                  smallint    NOT NULL CONSTRAINT context_keys_pkey PRIMARY KEY
                                    CONSTRAINT context_keys_one CHECK (id = 1),
    inner_key           bytea       NOT NULL CONSTRAINT context_keys_inner_size
                                    CHECK (octet_length(inner_key) = 64),
    outer_key           bytea       NOT NULL CONSTRAINT context_keys_outer_size
                                    CHECK (octet_length(outer_key) = 64)
);
INSERT INTO context_keys (id, inner_key, outer_key)
SELECT 1,
       (SELECT decode(string_agg(replace(gen_random_uuid()::text, '-', ''), ''), 'hex')
        FROM generate_series(1, 4)),
       (SELECT decode(string_agg(replace(gen_random_uuid()::text, '-', ''), ''), 'hex')
        FROM generate_series(1, 4));

-- HMAC-SHA-256 with two keys of their own instead of one that is padded twice. Parts come from
-- settings that anybody may set: with exactly three bars, no two lists of parts look alike.
CREATE FUNCTION context_mac(role_name text, user_id text, branch_id text, expires text)
RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(k.outer_key || sha256(k.inner_key || convert_to(
               coalesce(role_name, '') || '|' || coalesce(user_id, '') || '|'
               || coalesce(branch_id, '') || '|' || coalesce(expires, ''), 'UTF8')))
    FROM public.context_keys k
    WHERE k.id = 1
$$;

-- A pass for one role, person and branch: milliseconds since 1970 at which it ends, and the proof.
-- For the service alone, which has looked at the token.
CREATE FUNCTION issue_context(role_name text, user_id uuid, branch_id uuid)
RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.expires || '.' || encode(
               public.context_mac(role_name, user_id::text, branch_id::text, e.expires), 'hex')
    FROM (SELECT (floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + 10000)::text)
            AS e (expires)
$$;

-- Whether app.pass proves app.user_id and app.branch_id for the role that was taken. The clock, not
-- the transaction's time: a transaction that is held open does not hold the pass open.
CREATE FUNCTION context_holds() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    pass text := current_setting('app.pass', true);
    expires text := split_part(pass, '.', 1);
BEGIN
    IF pass IS NULL OR pass !~ '^[0-9]{13,15}\.[0-9a-f]{64}$' THEN
        RETURN false;
    END IF;
    IF expires::bigint <= extract(epoch FROM clock_timestamp()) * 1000 THEN
        RETURN false;
    END IF;
    -- Of the hashes: how long the comparison takes tells nothing about the proof.
    RETURN sha256(decode(split_part(pass, '.', 2), 'hex')) = sha256(public.context_mac(
        current_setting('role', true), current_setting('app.user_id', true),
        current_setting('app.branch_id', true), expires));
END
$$;

-- The proved person; null without a proof. Nothing is cast that was not proved.
CREATE FUNCTION context_user() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.context_holds() THEN
        RETURN NULL;
    END IF;
    RETURN nullif(current_setting('app.user_id', true), '')::uuid;
END
$$;

-- The proved branch; null without a proof, or for a role without branch.
CREATE FUNCTION context_branch() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.context_holds() THEN
        RETURN NULL;
    END IF;
    RETURN nullif(current_setting('app.branch_id', true), '')::uuid;
END
$$;

REVOKE ALL ON context_keys FROM PUBLIC;
REVOKE ALL ON FUNCTION context_mac(text, text, text, text), issue_context(text, uuid, uuid),
    context_holds(), context_user(), context_branch() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION issue_context(text, uuid, uuid) TO service;
GRANT EXECUTE ON FUNCTION context_user() TO utc, utb, uta, utd;
GRANT EXECUTE ON FUNCTION context_branch() TO utb;

-- Every table but those without customers' data: what Orleans keeps, the record of migrations,
-- rules and keys. The owner is subject to it as well: a later migration that has to touch rows
-- lifts FORCE for its own transaction. For the service the condition is the constant true, which
-- the planner drops.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT c.relname
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace
          AND c.relkind IN ('r', 'p')
          AND c.relname !~ '^orleans'
          AND c.relname NOT IN ('schema_migration', 'context_keys', 'policies')
        ORDER BY c.relname
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY service_everything ON %I TO service USING (true) WITH CHECK (true)',
            name);
    END LOOP;
END
$$;

-- UTB: orders of the own branch, and of their customers what one has to know.
CREATE POLICY branch_own ON orders FOR SELECT TO utb
    USING (branch_id = (SELECT context_branch()));
CREATE POLICY branch_own ON users FOR SELECT TO utb
    USING (EXISTS (SELECT FROM orders o
                   WHERE o.user_id = users.id AND o.branch_id = (SELECT context_branch())));
GRANT SELECT (id, user_id, branch_id, status, total, customer_snapshot, contact_version, placed_at,
              created_at, updated_at, ended_at) ON orders TO utb;
GRANT SELECT (id, name, phone) ON users TO utb;

CREATE VIEW branch_order_customers WITH (security_invoker = true, security_barrier = true) AS
SELECT o.id AS order_id,
       o.user_id AS customer_id,
       u.name,
       u.phone,
       o.branch_id,
       o.status,
       o.total,
       o.customer_snapshot,
       o.contact_version,
       o.placed_at,
       o.created_at,
       o.updated_at,
       o.ended_at
FROM orders o
JOIN users u ON u.id = o.user_id;
GRANT SELECT ON branch_order_customers TO utb, service;

-- UTC: what is one's own.
CREATE POLICY customer_own ON users FOR SELECT TO utc USING (id = (SELECT context_user()));
CREATE POLICY customer_own ON customer_profiles FOR SELECT TO utc
    USING (user_id = (SELECT context_user()));
CREATE POLICY customer_own ON addresses FOR SELECT TO utc
    USING (user_id = (SELECT context_user()));
CREATE POLICY customer_own ON orders FOR SELECT TO utc USING (user_id = (SELECT context_user()));
CREATE POLICY customer_own ON customer_data_access_logs FOR SELECT TO utc
    USING (customer_user_id = (SELECT context_user()));
GRANT SELECT ON users, customer_profiles, addresses, orders TO utc;
GRANT SELECT (id, customer_user_id, role, branch_id, purpose, order_id, fields, created_at)
    ON customer_data_access_logs TO utc;

-- UTD: orders under way that one carries.
CREATE POLICY rider_own ON orders FOR SELECT TO utd
    USING (rider_id = (SELECT context_user()) AND ended_at IS NULL);
GRANT SELECT (id, rider_id, status, customer_snapshot, contact_version, phone_updated, ended_at)
    ON orders TO utd;

-- UTA: everybody, for a proved administrator.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['users', 'customer_profiles', 'addresses', 'orders',
        'customer_event', 'customer_bars', 'customer_data_access_logs', 'customer_metrics']
    LOOP
        EXECUTE format(
            'CREATE POLICY admin_reads ON %I FOR SELECT TO uta'
            ' USING ((SELECT context_user()) IS NOT NULL)', name);
        EXECUTE format('GRANT SELECT ON %I TO uta', name);
    END LOOP;
END
$$;
