-- Lets the owner see all rows of the feed's tables, which row-level security hides from it too, until
-- close-feed.sql in the same transaction. As the owner.
LOCK TABLE customer_event, stream_checkpoints, stream_dead_letters, audit_heads, audit_seals,
    metrics_marks IN ACCESS EXCLUSIVE MODE;
ALTER TABLE customer_event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE stream_checkpoints NO FORCE ROW LEVEL SECURITY;
ALTER TABLE stream_dead_letters NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_heads NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_seals NO FORCE ROW LEVEL SECURITY;
ALTER TABLE metrics_marks NO FORCE ROW LEVEL SECURITY;
