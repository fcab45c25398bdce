INSERT INTO idempotent_replies (customer_id, scope, fingerprint, body, version, at)
VALUES (@Id, @Scope, @Fingerprint, @Body, @Version, @Now)
