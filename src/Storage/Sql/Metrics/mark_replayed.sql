-- Records that a dead letter was replayed. Parameters: $1 id, $2 now. Index:
-- stream_dead_letters_pkey.
UPDATE stream_dead_letters SET replayed_at = $2 WHERE id = $1
