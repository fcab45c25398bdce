-- Where addresses are, for administrators' maps. See docs/adr/0016.

-- The cell of a place: 30 bits of longitude and of latitude, by turns, the longitude first. The
-- highest 5 bits are the first letter of its geohash, and so on for 12 letters.
CREATE FUNCTION geo_cell_of(latitude numeric, longitude numeric) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    x bigint := least(floor((longitude::float8 + 180) / 360 * 1073741824), 1073741823);
    y bigint := least(floor((latitude::float8 + 90) / 180 * 1073741824), 1073741823);
BEGIN
    x := (x | (x << 16)) & 281470681808895;
    x := (x | (x << 8)) & 71777214294589695;
    x := (x | (x << 4)) & 1085102592571150095;
    x := (x | (x << 2)) & 3689348814741910323;
    x := (x | (x << 1)) & 6148914691236517205;
    y := (y | (y << 16)) & 281470681808895;
    y := (y | (y << 8)) & 71777214294589695;
    y := (y | (y << 4)) & 1085102592571150095;
    y := (y | (y << 2)) & 3689348814741910323;
    y := (y | (y << 1)) & 6148914691236517205;
    RETURN (x << 1) | y;
END
$$;

ALTER TABLE addresses ADD COLUMN geo_cell bigint
    GENERATED ALWAYS AS (geo_cell_of(latitude, longitude)) STORED;

-- Places that are near each other are mostly near each other in it. With is_default, so that the
-- heat map is counted without looking at the table.
DROP INDEX idx_addresses_geo;
CREATE INDEX idx_addresses_geo ON addresses (geo_cell) INCLUDE (is_default)
    WHERE deleted_at IS NULL AND geo_cell IS NOT NULL;
