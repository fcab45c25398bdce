-- Hands the roles' passwords to Definitions/roles.sql, which cannot take parameters; they live
-- until the transaction ends.
-- $1 password of customers_owner (text), $2 password of service (text), $3 password of branch_desk
-- (text).
SELECT set_config('bootstrap.owner_password', $1, true),
       set_config('bootstrap.service_password', $2, true),
       set_config('bootstrap.branch_password', $3, true);
