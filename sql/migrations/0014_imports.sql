-- Imports of customers: jobs, the lines that are still to be worked off, and what was refused. See
-- docs/adr/0017.

CREATE TABLE imports (
    id                  uuid        NOT NULL CONSTRAINT imports_pkey PRIMARY KEY,
    -- 'receiving' until the last line is there: until then nobody sees it.
    state               text        NOT NULL DEFAULT 'receiving'
                                    CONSTRAINT imports_state_known
                                    CHECK (state IN ('receiving', 'running', 'done')),
    requested_by        uuid        NOT NULL,
    -- Of the request's idempotency key: SHA-256 of caller, path and key, and of the request.
    scope               bytea       CONSTRAINT imports_scope_size CHECK (octet_length(scope) = 32)
                                    CONSTRAINT imports_scope_once UNIQUE,
    fingerprint         bytea       CONSTRAINT imports_fingerprint_size
                                    CHECK (octet_length(fingerprint) = 32),
    rows_total          integer     NOT NULL DEFAULT 0,
    rows_done           integer     NOT NULL DEFAULT 0,
    created             integer     NOT NULL DEFAULT 0,
    refused             integer     NOT NULL DEFAULT 0,
    created_at          timestamptz NOT NULL,
    finished_at         timestamptz,
    CONSTRAINT imports_counts_range CHECK (
        rows_done BETWEEN 0 AND rows_total AND created >= 0 AND refused >= 0
        AND created + refused = rows_done),
    CONSTRAINT imports_finished_when_done CHECK ((state = 'done') = (finished_at IS NOT NULL))
);
CREATE INDEX imports_running ON imports (created_at, id) WHERE state = 'running';
CREATE INDEX imports_age ON imports (created_at);

-- Some hundred lines each, sealed under the service's key; gone once they are worked off.
CREATE TABLE import_chunks (
    import_id           uuid        NOT NULL CONSTRAINT import_chunks_import
                                    REFERENCES imports (id) ON DELETE CASCADE,
    chunk               integer     NOT NULL CONSTRAINT import_chunks_chunk_range CHECK (chunk >= 0),
    first_line          integer     NOT NULL CONSTRAINT import_chunks_first_line_range
                                    CHECK (first_line >= 1),
    -- Without the empty ones.
    lines               integer     NOT NULL CONSTRAINT import_chunks_lines_range
                                    CHECK (lines BETWEEN 0 AND 1000),
    content             bytea       NOT NULL CONSTRAINT import_chunks_content_size
                                    CHECK (octet_length(content) <= 1048576),
    CONSTRAINT import_chunks_pkey PRIMARY KEY (import_id, chunk)
);

-- The first lines that were refused. Of the line only its number: nothing of what was in it.
CREATE TABLE import_refusals (
    import_id           uuid        NOT NULL CONSTRAINT import_refusals_import
                                    REFERENCES imports (id) ON DELETE CASCADE,
    line                integer     NOT NULL CONSTRAINT import_refusals_line_range CHECK (line >= 1),
    code                text        NOT NULL CONSTRAINT import_refusals_code_form
                                    CHECK (code ~ '^[a-z-]{1,64}$'),
    detail              text        NOT NULL CONSTRAINT import_refusals_detail_length
                                    CHECK (char_length(detail) <= 1000),
    CONSTRAINT import_refusals_pkey PRIMARY KEY (import_id, line)
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['imports', 'import_chunks', 'import_refusals'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY service_everything ON %I TO service USING (true) WITH CHECK (true)',
            name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON imports TO service;
GRANT SELECT, INSERT, DELETE ON import_chunks, import_refusals TO service;
