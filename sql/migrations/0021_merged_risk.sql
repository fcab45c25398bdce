-- How often each sign of risk was seen in whoever was absorbed, for the undo: see docs/adr/0029.
-- Merges of before brought none.
ALTER TABLE customer_merges
    ADD COLUMN risk_counts jsonb NOT NULL DEFAULT '{}'
               CONSTRAINT customer_merges_risk_counts_size
               CHECK (jsonb_typeof(risk_counts) = 'object'
                      AND octet_length(risk_counts::text) <= 2048);
