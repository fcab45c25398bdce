-- What the arrays of the service's statement hold, for :rows customers beside each other.
\set first random(1, 10000 - :rows + 1)
WITH i AS (
    SELECT (b.n - :first)::int AS ord, b.id, u.version AS expected,
           'Asha Rao ' || u.version AS name, u.last_login_at, u.account_status,
           false AS phone_changed, NULL::bytea AS phone, NULL::bytea AS phone_index,
           u.phone_verified, false AS email_changed, NULL::bytea AS email,
           NULL::bytea AS email_index, u.email_verified, false AS profile_changed,
           NULL::uuid AS avatar_media_id, NULL::text AS gender, 'en' AS preferred_language,
           NULL::jsonb AS notification_preferences, false AS date_of_birth_changed,
           NULL::bytea AS date_of_birth, (b.n % 32)::smallint AS partition,
           gen_random_uuid() AS command_id, b.id AS actor_id, 1::smallint AS actor_role,
           now() AS at, '[{"kind":"profile_edited","fields":["name"]}]' AS events,
           decode(repeat('5a', 90), 'hex') AS personal, NULL::bytea AS scope,
           NULL::bytea AS fingerprint, NULL::smallint AS code, NULL::bytea AS reply,
           u.is_temporary
    FROM bench_ids b
    JOIN users u ON u.id = b.id
    WHERE b.n >= :first AND b.n < :first + :rows
    ORDER BY b.id
),
