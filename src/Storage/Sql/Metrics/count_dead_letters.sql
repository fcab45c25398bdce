-- Dead letters that were not replayed yet. Returns subscriber and how many.
-- Index: stream_dead_letters_open.
SELECT subscriber, count(*)
FROM stream_dead_letters
WHERE replayed_at IS NULL
GROUP BY subscriber
