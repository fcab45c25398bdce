-- Ends what open-feed.sql began. As the owner, in the same transaction.
ALTER TABLE customer_event FORCE ROW LEVEL SECURITY;
ALTER TABLE stream_checkpoints FORCE ROW LEVEL SECURITY;
ALTER TABLE stream_dead_letters FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_heads FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_seals FORCE ROW LEVEL SECURITY;
ALTER TABLE metrics_marks FORCE ROW LEVEL SECURITY;
