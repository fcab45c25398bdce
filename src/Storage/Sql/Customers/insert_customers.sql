-- Commits one batch of new customers: user, data key, profile, journal row.
-- Parameters: parallel arrays, one element per commit, sorted by id:
--   $1 ord, $2 id, $3 name, $4 last_login_at, $5 account_status,
--   $6 phone, $7 phone_index, $8 phone_verified, $9 email, $10 email_index, $11 email_verified,
--   $12 gender, $13 preferred_language, $14 notification_preferences, $15 date_of_birth,
--   $16 master_key_id, $17 wrapped_key,
--   $18 partition, $19 command_id, $20 actor_id, $21 actor_role, $22 at, $23 events, $24 personal.
-- Returns: ord of every commit that was applied. One that is missing exists already, or its
-- contact belongs to somebody else.
-- Indexes: users_pkey, users_phone_owner, users_email_owner.
WITH i AS MATERIALIZED (
    SELECT *
    FROM unnest(
        $1::int[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[],
        $6::bytea[], $7::bytea[], $8::boolean[], $9::bytea[], $10::bytea[], $11::boolean[],
        $12::text[], $13::text[], $14::jsonb[], $15::bytea[],
        $16::int[], $17::bytea[],
        $18::smallint[], $19::uuid[], $20::uuid[], $21::smallint[], $22::timestamptz[],
        $23::text[], $24::bytea[])
        AS t (ord, id, name, last_login_at, account_status,
              phone, phone_index, phone_verified, email, email_index, email_verified,
              gender, preferred_language, notification_preferences, date_of_birth,
              master_key_id, wrapped_key,
              partition, command_id, actor_id, actor_role, at, events, personal)
    WHERE NOT EXISTS (SELECT FROM users y WHERE y.id = t.id)
      AND (t.phone_index IS NULL OR NOT EXISTS (
              SELECT FROM users y WHERE y.phone_index = t.phone_index AND y.deleted_at IS NULL))
      AND (t.email_index IS NULL OR NOT EXISTS (
              SELECT FROM users y WHERE y.email_index = t.email_index AND y.deleted_at IS NULL))
),
u AS (
    INSERT INTO users
        (id, version, name, phone, phone_index, phone_verified, email, email_index, email_verified,
         account_status, is_temporary, last_login_at, created_at, updated_at)
    SELECT id, 1, name, phone, phone_index, phone_verified, email, email_index, email_verified,
           account_status, account_status = 'temporary', last_login_at, at, at
    FROM i
),
k AS (
    INSERT INTO customer_data_keys (user_id, master_key_id, wrapped_key)
    SELECT id, master_key_id, wrapped_key
    FROM i
),
p AS (
    INSERT INTO customer_profiles
        (user_id, gender, preferred_language, notification_preferences, date_of_birth,
         created_at, updated_at)
    SELECT id, gender, preferred_language, notification_preferences, date_of_birth, at, at
    FROM i
),
e AS (
    INSERT INTO customer_event
        (partition, customer_id, sequence, command_id, actor_id, actor_role, at, events, personal)
    SELECT partition, id, 1, command_id, actor_id, actor_role, at, events, personal
    FROM i
)
SELECT ord FROM i
