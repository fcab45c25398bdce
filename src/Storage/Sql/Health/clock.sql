-- The database's clock. Returns one row: the time at which it was asked.
SELECT clock_timestamp();
