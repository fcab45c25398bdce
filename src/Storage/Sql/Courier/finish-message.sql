-- Ends a message and wipes what it said.
-- $1 id, $2 state (text: sent, given_up), $3 now. Uses courier_messages_pkey.
UPDATE courier_messages
SET state = $2, payload = NULL, finished_at = $3
WHERE id = $1 AND state = 'waiting';
