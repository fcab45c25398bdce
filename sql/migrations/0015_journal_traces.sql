-- The traces of commits that are recorded, for whoever follows the journal: a trace goes on where
-- the row is delivered, on another silo, or after a crash. A few of many commits have a row, for a
-- day. Whose command it was stands in the journal alone.

CREATE TABLE journal_traces (
    command_id          uuid        NOT NULL CONSTRAINT journal_traces_pkey PRIMARY KEY,
    -- W3C Trace Context: version, trace, span, flags.
    trace_parent        text        NOT NULL CONSTRAINT journal_traces_parent_form
                        CHECK (trace_parent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'),
    created_at          timestamptz NOT NULL
);
CREATE INDEX journal_traces_age ON journal_traces (created_at);

ALTER TABLE journal_traces ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_traces FORCE ROW LEVEL SECURITY;
CREATE POLICY service_everything ON journal_traces TO service USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON journal_traces TO service;
