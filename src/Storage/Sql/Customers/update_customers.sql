-- Commits one batch of commands on existing customers: the version fence, the user and profile
-- columns, the journal row, the stored reply.
-- Parameters: parallel arrays, one element per commit, sorted by id (two batches that share
-- customers then never deadlock), a customer at most once:
--   $1 ord, $2 id, $3 version expected, $4 name, $5 last_login_at, $6 account_status,
--   $7 phone_changed, $8 phone, $9 phone_index, $10 phone_verified,
--   $11 email_changed, $12 email, $13 email_index, $14 email_verified,
--   $15 profile_changed, $16 avatar_media_id, $17 gender, $18 preferred_language,
--   $19 notification_preferences, $20 date_of_birth_changed, $21 date_of_birth,
--   $22 partition, $23 command_id, $24 actor_id, $25 actor_role, $26 at, $27 events, $28 personal,
--   $29 scope (null: no stored reply), $30 fingerprint, $31 code, $32 reply,
--   $33 is_temporary.
-- Returns: ord of every commit that was applied. One that is missing was stale, or its contact
-- belongs to somebody else.
-- Indexes: users_pkey, customer_profiles_pkey; users_phone_owner, users_email_owner only for rows
-- whose contact changes.
WITH i AS (
    SELECT *
    FROM unnest(
        $1::int[], $2::uuid[], $3::bigint[], $4::text[], $5::timestamptz[], $6::text[],
        $7::boolean[], $8::bytea[], $9::bytea[], $10::boolean[],
        $11::boolean[], $12::bytea[], $13::bytea[], $14::boolean[],
        $15::boolean[], $16::uuid[], $17::text[], $18::text[],
        $19::jsonb[], $20::boolean[], $21::bytea[],
        $22::smallint[], $23::uuid[], $24::uuid[], $25::smallint[], $26::timestamptz[],
        $27::text[], $28::bytea[], $29::bytea[], $30::bytea[], $31::smallint[], $32::bytea[],
        $33::boolean[])
        AS t (ord, id, expected, name, last_login_at, account_status,
              phone_changed, phone, phone_index, phone_verified,
              email_changed, email, email_index, email_verified,
              profile_changed, avatar_media_id, gender, preferred_language,
              notification_preferences, date_of_birth_changed, date_of_birth,
              partition, command_id, actor_id, actor_role, at,
              events, personal, scope, fingerprint, code, reply, is_temporary)
),
-- Everything the other parts need comes back from here: joining the survivors with the input
-- again is quadratic.
u AS (
    UPDATE users x
    SET version        = x.version + 1,
        name           = i.name,
        phone          = CASE WHEN i.phone_changed THEN i.phone ELSE x.phone END,
        phone_index    = CASE WHEN i.phone_changed THEN i.phone_index ELSE x.phone_index END,
        phone_verified = i.phone_verified,
        email          = CASE WHEN i.email_changed THEN i.email ELSE x.email END,
        email_index    = CASE WHEN i.email_changed THEN i.email_index ELSE x.email_index END,
        email_verified = i.email_verified,
        account_status = i.account_status,
        is_temporary   = i.is_temporary,
        last_login_at  = i.last_login_at,
        updated_at     = i.at
    FROM i
    WHERE x.id = i.id
      AND x.version = i.expected
      AND x.deleted_at IS NULL
      AND (NOT i.phone_changed OR NOT EXISTS (
              SELECT FROM users y
              WHERE y.phone_index = i.phone_index AND y.deleted_at IS NULL AND y.id <> i.id))
      AND (NOT i.email_changed OR NOT EXISTS (
              SELECT FROM users y
              WHERE y.email_index = i.email_index AND y.deleted_at IS NULL AND y.id <> i.id))
    RETURNING i.*, x.version AS sequence
),
p AS (
    UPDATE customer_profiles q
    SET avatar_media_id          = u.avatar_media_id,
        gender                   = u.gender,
        preferred_language       = u.preferred_language,
        notification_preferences = u.notification_preferences,
        date_of_birth            = CASE WHEN u.date_of_birth_changed THEN u.date_of_birth
                                        ELSE q.date_of_birth END,
        updated_at               = u.at
    FROM u
    WHERE u.profile_changed AND q.user_id = u.id
),
e AS (
    INSERT INTO customer_event
        (partition, customer_id, sequence, command_id, actor_id, actor_role, at, events, personal)
    SELECT partition, id, sequence, command_id, actor_id, actor_role, at, events, personal
    FROM u
),
r AS (
    INSERT INTO idempotent_replies
        (customer_id, scope, fingerprint, code, version, reply, created_at)
    SELECT id, scope, fingerprint, code, sequence, reply, at
    FROM u
    WHERE scope IS NOT NULL
)
SELECT ord FROM u
