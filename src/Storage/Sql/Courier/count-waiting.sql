-- Messages that should have been carried by now, counted up to a bound.
-- $1 due before this time. Returns one row: bigint, at most 1000. Uses courier_messages_due.
SELECT count(*)
FROM (SELECT FROM courier_messages
      WHERE state = 'waiting' AND next_attempt_at < $1
      LIMIT 1000) AS late;
