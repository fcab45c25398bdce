-- Whether a customer u with the profile p lives and matches all filters. Each is null for none:
-- $1 phone_index, $2 email_index, $3 how the name begins, $4 tier, $5 segment, $6 status, $7 lowest
-- and $8 highest spend.
CROSS JOIN LATERAL (
    SELECT (
               u.deleted_at IS NULL
               AND ($1::bytea IS NULL OR u.phone_index = $1)
               AND ($2::bytea IS NULL OR u.email_index = $2)
               AND ($4::text IS NULL OR p.customer_tier = $4)
               AND ($5::text IS NULL OR p.customer_segment = $5)
               AND ($6::text IS NULL OR u.account_status = $6)
               AND ($7::numeric IS NULL OR p.total_spend >= $7)
               AND ($8::numeric IS NULL OR p.total_spend <= $8)
               -- Last: it takes longest.
               AND ($3::text IS NULL OR starts_with(name_key(u.name), name_key($3)))) IS TRUE
) m (matches)
