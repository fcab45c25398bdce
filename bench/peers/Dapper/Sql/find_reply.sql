SELECT fingerprint, body, version
FROM idempotent_replies
WHERE customer_id = @Id AND scope = @Scope
