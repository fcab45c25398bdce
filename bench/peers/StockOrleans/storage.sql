-- Grain storage in the shape that Orleans documents for PostgreSQL: one table without a key, a
-- non-unique index on the two hashes, a plpgsql function that writes.

CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey   varchar(64)   NOT NULL PRIMARY KEY,
    QueryText  varchar(8000) NOT NULL
);

CREATE TABLE IF NOT EXISTS OrleansStorage (
    GrainIdHash             integer      NOT NULL,
    GrainIdN0               bigint       NOT NULL,
    GrainIdN1               bigint       NOT NULL,
    GrainTypeHash           integer      NOT NULL,
    GrainTypeString         varchar(512) NOT NULL,
    GrainIdExtensionString  varchar(512),
    ServiceId               varchar(150) NOT NULL,
    PayloadBinary           bytea,
    ModifiedOn              timestamp    NOT NULL,
    Version                 integer
);

CREATE INDEX IF NOT EXISTS ix_orleansstorage ON OrleansStorage (GrainIdHash, GrainTypeHash);

-- Returns the new version; the old one when the write lost.
CREATE OR REPLACE FUNCTION WriteToStorage(
    id_hash integer, n0 bigint, n1 bigint, type_hash integer, type_name varchar,
    extension varchar, service varchar, old_version integer, payload bytea)
    RETURNS TABLE (NewGrainStateVersion integer)
    LANGUAGE plpgsql
AS $function$
DECLARE
    new_version integer := old_version;
BEGIN
    IF old_version IS NOT NULL THEN
        UPDATE OrleansStorage
        SET PayloadBinary = payload, ModifiedOn = now() AT TIME ZONE 'utc', Version = Version + 1
        WHERE GrainIdHash = id_hash AND GrainTypeHash = type_hash
          AND GrainIdN0 = n0 AND GrainIdN1 = n1 AND GrainTypeString = type_name
          AND (GrainIdExtensionString = extension
               OR (GrainIdExtensionString IS NULL AND extension IS NULL))
          AND ServiceId = service AND Version = old_version;
        IF FOUND THEN
            new_version := old_version + 1;
        END IF;
    ELSE
        INSERT INTO OrleansStorage
            (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString,
             GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, Version)
        SELECT id_hash, n0, n1, type_hash, type_name, extension, service, payload,
               now() AT TIME ZONE 'utc', 1
        WHERE NOT EXISTS (
            SELECT FROM OrleansStorage
            WHERE GrainIdHash = id_hash AND GrainTypeHash = type_hash
              AND GrainIdN0 = n0 AND GrainIdN1 = n1 AND GrainTypeString = type_name
              AND (GrainIdExtensionString = extension
                   OR (GrainIdExtensionString IS NULL AND extension IS NULL))
              AND ServiceId = service);
        IF FOUND THEN
            new_version := 1;
        END IF;
    END IF;

    RETURN QUERY SELECT new_version;
END
$function$;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('WriteToStorageKey', '
    SELECT * FROM WriteToStorage(@GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash,
        @GrainTypeString, @GrainIdExtensionString, @ServiceId, @GrainStateVersion, @PayloadBinary)'),
('ReadFromStorageKey', '
    SELECT PayloadBinary, (now() AT TIME ZONE ''utc''), Version
    FROM OrleansStorage
    WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
      AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
      AND GrainTypeString = @GrainTypeString
      AND (GrainIdExtensionString = @GrainIdExtensionString
           OR (GrainIdExtensionString IS NULL AND @GrainIdExtensionString IS NULL))
      AND ServiceId = @ServiceId'),
('ClearStorageKey', '
    UPDATE OrleansStorage
    SET PayloadBinary = NULL, Version = Version + 1
    WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
      AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
      AND GrainTypeString = @GrainTypeString
      AND (GrainIdExtensionString = @GrainIdExtensionString
           OR (GrainIdExtensionString IS NULL AND @GrainIdExtensionString IS NULL))
      AND ServiceId = @ServiceId AND Version = @GrainStateVersion
    RETURNING Version AS NewGrainStateVersion')
ON CONFLICT DO NOTHING;
