-- The same functions with plans that a connection keeps: a function in SQL that is not inlined is
-- planned again by each statement that calls it, a third of what a branch's read cost.
CREATE OR REPLACE FUNCTION context_mac(role_name text, user_id text, branch_id text, expires text)
RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mac bytea;
BEGIN
    SELECT sha256(k.outer_key || sha256(k.inner_key || convert_to(
               coalesce(role_name, '') || '|' || coalesce(user_id, '') || '|'
               || coalesce(branch_id, '') || '|' || coalesce(expires, ''), 'UTF8')))
    INTO STRICT mac
    FROM public.context_keys k
    WHERE k.id = 1;
    RETURN mac;
END
$$;

CREATE OR REPLACE FUNCTION issue_context(role_name text, user_id uuid, branch_id uuid)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    expires text := (floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + 10000)::text;
BEGIN
    RETURN expires || '.' || encode(
               public.context_mac(role_name, user_id::text, branch_id::text, expires), 'hex');
END
$$;
