-- Records a step, in the step's own transaction.
-- $1 number (integer), $2 name (text), $3 checksum (bytea, 32 bytes).
INSERT INTO schema_migration (number, name, checksum)
VALUES ($1, $2, $3);
