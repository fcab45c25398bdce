-- Living addresses within cells, the nearest to a place first; distances on a sphere.
-- Parameters: parallel arrays of cells: $1 lowest geo_cell, $2 the one behind the highest;
--   $3 latitude and $4 longitude of the place, $5 metres, at most, $6 addresses to look at in each
--   cell, $7 rows, at most.
-- Returns: id, user_id, name, label, city, postal_code, country, latitude, longitude, metres.
-- Indexes: idx_addresses_geo, users_pkey.
SELECT a.id, a.user_id, u.name, a.label, a.city, a.postal_code, a.country, a.latitude,
       a.longitude, d.metres
FROM unnest($1::bigint[], $2::bigint[]) AS c (low, high)
CROSS JOIN LATERAL (
    SELECT x.id, x.user_id, x.label, x.city, x.postal_code, x.country, x.latitude, x.longitude
    FROM addresses x
    WHERE x.geo_cell >= c.low AND x.geo_cell < c.high
      AND x.deleted_at IS NULL AND x.geo_cell IS NOT NULL
    LIMIT $6
) a
CROSS JOIN LATERAL (
    SELECT 2 * 6371008.8 * asin(least(1, sqrt(
               power(sind((a.latitude::float8 - $3::float8) / 2), 2)
               + cosd($3::float8) * cosd(a.latitude::float8)
                 * power(sind((a.longitude::float8 - $4::float8) / 2), 2))))
) d (metres)
JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
WHERE d.metres <= $5::float8
ORDER BY d.metres, a.id
LIMIT $7
