-- One edit in one statement and one round trip: lock, compare, write, note. Nothing is written
-- when nothing changes; the profile's row only when one of its members does.
WITH old AS (
    SELECT u.id, u.version, u.name, u.phone, u.email, p.gender, p.date_of_birth,
           p.preferred_language, p.notification_preferences, u.account_status, u.phone_verified,
           u.email_verified, p.customer_tier, p.customer_segment, p.total_orders_count,
           p.total_spend, u.created_at, u.updated_at, u.last_login_at
    FROM users u
    JOIN customer_profiles p ON p.user_id = u.id
    WHERE u.id = @Id
    FOR NO KEY UPDATE OF u, p
),
new AS (
    SELECT id, version,
           CASE WHEN @HasName THEN @Name ELSE name END AS name,
           CASE WHEN @HasGender THEN @Gender ELSE gender END AS gender,
           CASE WHEN @HasBirth THEN @Birth ELSE date_of_birth END AS date_of_birth,
           CASE WHEN @HasLanguage THEN @Language ELSE preferred_language END AS preferred_language,
           CASE WHEN @HasPreferences
                THEN jsonb_strip_nulls(
                    CASE WHEN @Preferences IS NULL THEN @DefaultPreferences::jsonb
                         ELSE notification_preferences || @Preferences::jsonb END)
                ELSE notification_preferences END AS notification_preferences
    FROM old
    WHERE @Wanted::bigint IS NULL OR version = @Wanted
),
changed AS (
    SELECT new.*, old.name AS old_name, old.gender AS old_gender, old.date_of_birth AS old_birth,
           old.preferred_language AS old_language, old.notification_preferences AS old_preferences,
           (new.gender, new.date_of_birth, new.preferred_language, new.notification_preferences)
               IS DISTINCT FROM
           (old.gender, old.date_of_birth, old.preferred_language, old.notification_preferences)
               AS is_profile
    FROM new, old
    WHERE (new.name, new.gender, new.date_of_birth, new.preferred_language,
           new.notification_preferences)
          IS DISTINCT FROM
          (old.name, old.gender, old.date_of_birth, old.preferred_language,
           old.notification_preferences)
),
u AS (
    UPDATE users x
    SET version = x.version + 1, name = c.name, updated_at = @Now
    FROM changed c
    WHERE x.id = c.id
),
p AS (
    UPDATE customer_profiles x
    SET gender = c.gender, date_of_birth = c.date_of_birth,
        preferred_language = c.preferred_language,
        notification_preferences = c.notification_preferences
    FROM changed c
    WHERE x.user_id = c.id AND c.is_profile
),
h AS (
    INSERT INTO profile_history (customer_id, sequence, actor_id, at, changes)
    SELECT c.id, c.version + 1, c.id, @Now, (
        SELECT jsonb_agg(jsonb_build_object('field', v.field, 'old', v.old, 'new', v.new))
        FROM (VALUES
            ('name', c.old_name, c.name),
            ('gender', c.old_gender, c.gender),
            ('date_of_birth', c.old_birth::text, c.date_of_birth::text),
            ('preferred_language', c.old_language, c.preferred_language),
            ('notification_preferences', c.old_preferences::text, c.notification_preferences::text))
            AS v (field, old, new)
        WHERE v.old IS DISTINCT FROM v.new)
    FROM changed c
)
SELECT old.id, old.version + (c.id IS NOT NULL)::int AS version,
       new.id IS NOT NULL AS is_wanted,
       new.name, old.phone, old.email, new.gender, new.date_of_birth,
       new.preferred_language, new.notification_preferences::text AS notification_preferences,
       old.account_status, old.phone_verified, old.email_verified, old.customer_tier,
       old.customer_segment, old.total_orders_count, old.total_spend, old.created_at,
       CASE WHEN c.id IS NULL THEN old.updated_at ELSE @Now END AS updated_at, old.last_login_at
FROM old
LEFT JOIN new ON true
LEFT JOIN changed c ON true
