-- Whether the server reads back its log after a restore.
SELECT pg_is_in_recovery()
