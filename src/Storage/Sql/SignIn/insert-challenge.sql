-- Records a code that is about to be sent.
-- $1 id, $2 purpose (text), $3 channel (text), $4 destination (bytea), $5 destination_index (bytea,
-- 32 bytes), $6 code_hash (bytea, 32 bytes), $7 master_key_id (integer), $8 expires_at,
-- $9 created_at.
INSERT INTO otps
    (id, purpose, channel, destination, destination_index, code_hash, master_key_id, expires_at,
     created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
