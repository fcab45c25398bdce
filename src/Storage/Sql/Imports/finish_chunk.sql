-- Wipes lines that are worked off and counts what became of them, both or neither: whoever comes
-- second counts nothing.
-- Parameters: $1 import_id, $2 chunk, $3 created, $4 refused; parallel arrays, one element per
--   refusal: $5 line, $6 code, $7 detail; $8 refusals kept of an import, at most, $9 now.
-- Returns nothing. Indexes: import_chunks_pkey, imports_pkey.
WITH gone AS (
    DELETE FROM import_chunks
    WHERE import_id = $1 AND chunk = $2
    RETURNING lines
),
counted AS (
    UPDATE imports i
    SET rows_done = i.rows_done + gone.lines,
        created = i.created + $3,
        refused = i.refused + $4,
        state = CASE WHEN i.rows_done + gone.lines = i.rows_total THEN 'done' ELSE i.state END,
        finished_at = CASE WHEN i.rows_done + gone.lines = i.rows_total THEN $9::timestamptz END
    FROM gone
    WHERE i.id = $1
    RETURNING i.refused - $4 AS refused_before
)
INSERT INTO import_refusals (import_id, line, code, detail)
SELECT $1, r.line, r.code, r.detail
FROM counted
CROSS JOIN unnest($5::int[], $6::text[], $7::text[]) WITH ORDINALITY
    AS r (line, code, detail, place)
WHERE counted.refused_before + r.place <= $8
