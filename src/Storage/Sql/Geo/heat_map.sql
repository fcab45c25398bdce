-- Customers by cell: each counts where the default address is. Looks at all addresses: not for
-- every request.
-- Parameters: $1 bits that are cut off a geo_cell, $2 rows, at most.
-- Returns: cell, customers, the most first. Index: idx_addresses_geo, alone.
SELECT geo_cell >> $1::int AS cell, count(*)::int AS customers
FROM addresses
WHERE is_default AND deleted_at IS NULL AND geo_cell IS NOT NULL
GROUP BY geo_cell >> $1::int
ORDER BY count(*) DESC, cell
LIMIT $2
