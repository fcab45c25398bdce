-- Whether the database answers. Returns one row: 1.
SELECT 1;
