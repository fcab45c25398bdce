-- The service's database. Run once by the superuser, outside a transaction.
CREATE DATABASE customers OWNER customers_owner;
