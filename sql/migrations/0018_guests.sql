-- Guests by age, for those who forget the idle ones. By what never changes: an index on updated_at
-- would take every edit of everybody its heap-only update.
CREATE INDEX users_guests ON users (created_at, id) WHERE is_temporary AND deleted_at IS NULL;
