-- Leaves a message for a later attempt.
-- $1 id, $2 next_attempt_at. Uses courier_messages_pkey.
UPDATE courier_messages
SET next_attempt_at = $2
WHERE id = $1 AND state = 'waiting';
