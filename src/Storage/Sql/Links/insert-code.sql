-- Records one of the two codes of an account link that are about to be sent.
-- $1 id, $2 user_id, $3 link_id, $4 channel (text), $5 destination (bytea), $6 destination_index
-- (bytea, 32 bytes), $7 code_hash (bytea, 32 bytes), $8 master_key_id (integer), $9 expires_at,
-- $10 created_at.
INSERT INTO otps
    (id, user_id, purpose, link_id, channel, destination, destination_index, code_hash,
     master_key_id, expires_at, created_at)
VALUES ($1, $2, 'account_link', $3, $4, $5, $6, $7, $8, $9, $10);
