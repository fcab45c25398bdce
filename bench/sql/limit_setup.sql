-- Numbers for the customers, so that a script can choose some.
CREATE TABLE bench_ids AS
SELECT row_number() OVER (ORDER BY id)::int AS n, id FROM users;
ALTER TABLE bench_ids ADD PRIMARY KEY (n);
ANALYZE bench_ids
