-- The lock, both flips (the old default first: the unique index looks at each row as it is
-- written), version and history row; answers all addresses as they are afterwards.
WITH owner AS (
    SELECT id, version FROM users WHERE id = @Id FOR NO KEY UPDATE
),
present AS (
    SELECT a.* FROM addresses a JOIN owner ON a.user_id = owner.id FOR UPDATE OF a
),
flip AS (
    SELECT owner.id, owner.version,
           (SELECT id FROM present WHERE is_default) AS old_default
    FROM owner
    WHERE EXISTS (SELECT FROM present WHERE id = @AddressId AND NOT is_default)
),
cleared AS (
    UPDATE addresses a SET is_default = false, updated_at = @Now
    FROM flip WHERE a.id = flip.old_default
    RETURNING a.id
),
chosen AS (
    UPDATE addresses a SET is_default = true, updated_at = @Now
    FROM flip
    WHERE a.id = @AddressId AND (SELECT count(*) FROM cleared) >= 0
),
u AS (
    UPDATE users x SET version = x.version + 1, updated_at = @Now FROM flip WHERE x.id = flip.id
),
h AS (
    INSERT INTO profile_history (customer_id, sequence, actor_id, at, changes)
    SELECT id, version + 1, id, @Now, jsonb_build_array(jsonb_build_object(
        'field', 'default_address_id', 'old', old_default, 'new', @AddressId))
    FROM flip
)
SELECT id, user_id, label, line1, line2, city, state, postal_code, country, latitude, longitude,
       id = @AddressId AS is_default, created_at,
       CASE WHEN is_default <> (id = @AddressId) THEN @Now ELSE updated_at END AS updated_at
FROM present
WHERE EXISTS (SELECT FROM present WHERE id = @AddressId)
ORDER BY created_at, id
