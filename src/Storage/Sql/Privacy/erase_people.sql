-- Everything that goes with a person, for customers that the same transaction has just moved to
-- their last version: live columns are overwritten, rows that hold nothing else go, and so does the
-- data key, and with it what it sealed in journal, snapshots and backups. Orders, money and the log
-- of who looked stay. To be run last: it takes the rows as the other statements left them.
-- What was counted of the person goes with the data key, by the schema.
-- Parameters: parallel arrays, one element per customer: $1 user_id, $2 version after the commit,
--   $3 now, $4 phone_index, $5 email_index (both as they were before; null: none).
-- Returns nothing. Indexes: users_pkey, customer_profiles_pkey, customer_names_pkey,
-- addresses_removed_by_user, contact_reservations_by_user, otps_by_user, otps_by_destination,
-- dev_mailbox_by_destination, courier_messages_by_user, courier_messages_by_destination,
-- refresh_tokens_by_user, idempotent_replies_pkey, media_assets_by_owner, contact_changes_pkey,
-- customer_bars_pkey, customer_merges_pkey, customer_erasures_pkey, privacy_exports_by_user, customer_data_keys_pkey.
WITH RECURSIVE gone AS MATERIALIZED (
    UPDATE users x
    SET deleted_at = i.at,
        tokens_valid_after = i.at
    FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::bytea[], $5::bytea[])
             AS i (user_id, version, at, phone_index, email_index)
    WHERE x.id = i.user_id AND x.version = i.version AND x.xmin = pg_current_xact_id()::xid
    RETURNING x.id, i.at, i.phone_index, i.email_index
),
-- And whoever became part of the person by a merge, or of those. Not by users.merged_into: whom the
-- person has given back already, and who is about to live again, has it still.
people AS MATERIALIZED (
    SELECT id, at FROM gone
    UNION ALL
    SELECT m.other_id, p.at
    FROM people p
    JOIN customer_merges m ON m.user_id = p.id AND m.side = 'survivor'
),
absorbed AS (
    UPDATE users u
    SET name = NULL, phone = NULL, phone_index = NULL, phone_verified = false,
        email = NULL, email_index = NULL, email_verified = false, last_login_at = NULL,
        updated_at = p.at
    FROM people p
    WHERE u.id = p.id AND u.merged_into IS NOT NULL
),
-- Contacts that are or were the person's own; codes also went to contacts that never were.
own AS MATERIALIZED (
    SELECT phone_index AS contact_index FROM gone WHERE phone_index IS NOT NULL
    UNION ALL
    SELECT email_index FROM gone WHERE email_index IS NOT NULL
    UNION ALL
    SELECT r.contact_index FROM people p JOIN contact_reservations r ON r.user_id = p.id
),
codes AS (
    DELETE FROM otps o USING people p WHERE o.user_id = p.id
    RETURNING o.destination_index
),
sign_ins AS (
    DELETE FROM otps o USING own WHERE o.destination_index = own.contact_index AND o.user_id IS NULL
),
mailbox AS (
    DELETE FROM dev_mailbox m
    WHERE m.destination_index = ANY (ARRAY(
        SELECT contact_index FROM own UNION ALL SELECT destination_index FROM codes))
),
messages AS (
    DELETE FROM courier_messages m USING people p WHERE m.user_id = p.id
),
sign_in_messages AS (
    DELETE FROM courier_messages m USING own
    WHERE m.destination_index = own.contact_index AND m.user_id IS NULL
),
profiles AS (
    UPDATE customer_profiles q
    SET avatar_media_id = NULL, date_of_birth = NULL, gender = NULL, preferred_language = DEFAULT,
        notification_preferences = DEFAULT, customer_segment = DEFAULT, risk_score = DEFAULT,
        is_verified = false, last_delivered_at = NULL, rewards = DEFAULT, risk_counts = DEFAULT,
        underage_order_on = NULL
    FROM people p
    WHERE q.user_id = p.id
),
-- 'ZZ' is ISO 3166-1's own for "unknown".
places AS (
    UPDATE addresses a
    SET label = 'Home', line1 = NULL, line2 = NULL, city = NULL, state = NULL, postal_code = NULL,
        country = 'ZZ', latitude = NULL, longitude = NULL, last_used_at = NULL,
        updated_at = p.at
    FROM people p
    WHERE a.user_id = p.id AND a.deleted_at IS NOT NULL
),
names AS (
    DELETE FROM customer_names n USING people p WHERE n.user_id = p.id
),
tokens AS (
    DELETE FROM refresh_tokens t USING people p WHERE t.user_id = p.id
),
replies AS (
    DELETE FROM idempotent_replies r USING people p WHERE r.customer_id = p.id
),
media AS (
    DELETE FROM media_assets m USING people p WHERE m.owner_user_id = p.id
),
changes AS (
    DELETE FROM contact_changes c USING people p WHERE c.user_id = p.id
),
reservations AS (
    DELETE FROM contact_reservations r USING people p WHERE r.user_id = p.id
),
bars AS (
    DELETE FROM customer_bars b USING people p WHERE b.user_id = p.id
),
merges AS (
    DELETE FROM customer_merges m USING people p WHERE m.user_id = p.id
),
erasures AS (
    DELETE FROM customer_erasures e USING people p WHERE e.user_id = p.id
),
exports AS (
    DELETE FROM privacy_exports e USING people p WHERE e.user_id = p.id
)
DELETE FROM customer_data_keys k USING people p WHERE k.user_id = p.id
