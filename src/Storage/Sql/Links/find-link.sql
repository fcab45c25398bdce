-- The channels of a customer's account link. $1 link_id, $2 user_id. Returns no row, one or two.
-- Uses otps_by_link.
SELECT channel
FROM otps
WHERE link_id = $1 AND user_id = $2;
