-- What Orleans 10.4 itself keeps in PostgreSQL: grain storage, cluster membership, reminders, and
-- the statements by which its AdoNet providers reach them. Tables and columns keep the names that
-- Orleans operators know. Written against the contract of the providers, with these differences
-- from the scripts that Orleans ships:
--   * grain storage has a primary key, so two first writes cannot both win and leave a grain that
--     can never be read again;
--   * every compare-and-swap is one statement that changes nothing when it loses (the stock
--     functions lean on ASSERT, which plpgsql.check_asserts = off removes);
--   * reminders are indexed by ring position, because each silo re-reads its ranges for ever;
--   * timestamptz only, no functions, no length limits that Orleans itself does not have.
-- The providers read the texts once, at start: a changed text takes effect with the next silo.

-- Created here only for a database nobody prepared; an operator may have made it already, and
-- roles are shared by all databases of an instance, so two migrations may race for it.
DO $guard$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'service') THEN
        CREATE ROLE service NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$guard$;

CREATE TABLE OrleansQuery (
    QueryKey                varchar(64)   NOT NULL CONSTRAINT orleansquery_pkey PRIMARY KEY,
    QueryText               varchar(8000) NOT NULL
);

-- Grain storage. One row per (service, state name, grain key); a cleared state stays as a
-- tombstone (PayloadBinary NULL) so that its version goes on and stale writers keep losing.
-- The hashes that the providers also pass are left out: the key itself is indexed.
CREATE TABLE OrleansStorage (
    ServiceId               text          NOT NULL CONSTRAINT orleansstorage_service_length
                                          CHECK (octet_length(ServiceId) <= 150),
    GrainTypeString         text          NOT NULL CONSTRAINT orleansstorage_type_length
                                          CHECK (octet_length(GrainTypeString) <= 512),
    GrainIdN0               bigint        NOT NULL,
    GrainIdN1               bigint        NOT NULL,
    -- '' where the grain key has no text part: NULLs would not collide in the key.
    GrainIdExtensionString  text          NOT NULL CONSTRAINT orleansstorage_extension_length
                                          CHECK (octet_length(GrainIdExtensionString) <= 1024),
    PayloadBinary           bytea,
    ModifiedOn              timestamptz   NOT NULL,
    Version                 integer       NOT NULL CONSTRAINT orleansstorage_version_positive
                                          CHECK (Version >= 1),
    CONSTRAINT orleansstorage_pkey PRIMARY KEY
        (GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString, ServiceId)
) WITH (fillfactor = 85); -- room for the next version on the same page (HOT)

-- Cluster membership: the version row is the lock and the compare-and-swap of the whole table.
CREATE TABLE OrleansMembershipVersionTable (
    DeploymentId            text          NOT NULL CONSTRAINT orleansmembershipversion_pkey PRIMARY KEY
                                          CONSTRAINT orleansmembershipversion_deployment_length
                                          CHECK (octet_length(DeploymentId) <= 150),
    Timestamp               timestamptz   NOT NULL,
    Version                 integer       NOT NULL CONSTRAINT orleansmembershipversion_range
                                          CHECK (Version >= 0)
) WITH (fillfactor = 50); -- one hot row

CREATE TABLE OrleansMembershipTable (
    DeploymentId            text          NOT NULL CONSTRAINT orleansmembership_deployment
                                          REFERENCES OrleansMembershipVersionTable (DeploymentId),
    Address                 text          NOT NULL CONSTRAINT orleansmembership_address_length
                                          CHECK (octet_length(Address) <= 45), -- the longest IPv6 text
    Port                    integer       NOT NULL CONSTRAINT orleansmembership_port_range
                                          CHECK (Port BETWEEN 0 AND 65535),
    Generation              integer       NOT NULL,
    SiloName                text          NOT NULL CONSTRAINT orleansmembership_silo_name_length
                                          CHECK (octet_length(SiloName) <= 255),
    HostName                text          NOT NULL CONSTRAINT orleansmembership_host_name_length
                                          CHECK (octet_length(HostName) <= 255),
    Status                  integer       NOT NULL CONSTRAINT orleansmembership_status_known
                                          CHECK (Status BETWEEN 0 AND 6), -- Orleans' SiloStatus
    ProxyPort               integer       NOT NULL CONSTRAINT orleansmembership_proxy_port_range
                                          CHECK (ProxyPort BETWEEN 0 AND 65535),
    -- Orleans' own text, opaque here: silo,time|silo,time
    SuspectTimes            text          CONSTRAINT orleansmembership_suspect_times_length
                                          CHECK (octet_length(SuspectTimes) <= 8000),
    StartTime               timestamptz   NOT NULL,
    IAmAliveTime            timestamptz   NOT NULL,
    CONSTRAINT orleansmembership_pkey PRIMARY KEY (DeploymentId, Address, Port, Generation)
) WITH (fillfactor = 50); -- every silo rewrites its IAmAliveTime for as long as it lives

CREATE TABLE OrleansRemindersTable (
    ServiceId               text          NOT NULL CONSTRAINT orleansreminders_service_length
                                          CHECK (octet_length(ServiceId) <= 150),
    GrainId                 text          NOT NULL CONSTRAINT orleansreminders_grain_length
                                          CHECK (octet_length(GrainId) <= 1200),
    ReminderName            text          NOT NULL CONSTRAINT orleansreminders_name_length
                                          CHECK (octet_length(ReminderName) <= 300),
    StartTime               timestamptz   NOT NULL,
    Period                  bigint        NOT NULL CONSTRAINT orleansreminders_period_positive
                                          CHECK (Period > 0), -- milliseconds
    GrainHash               integer       NOT NULL,
    Version                 integer       NOT NULL CONSTRAINT orleansreminders_version_range
                                          CHECK (Version >= 0),
    CONSTRAINT orleansreminders_pkey PRIMARY KEY (ServiceId, GrainId, ReminderName)
) WITH (fillfactor = 90);
CREATE INDEX orleansreminders_ring ON OrleansRemindersTable (ServiceId, GrainHash);

GRANT SELECT ON OrleansQuery TO service;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON OrleansStorage, OrleansMembershipVersionTable, OrleansMembershipTable, OrleansRemindersTable
    TO service;

-- Returns no row or one: PayloadBinary (NULL when cleared), Version. Index: orleansstorage_pkey.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('ReadFromStorageKey', $query$
SELECT PayloadBinary, Version
FROM OrleansStorage
WHERE GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '')
  AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId
$query$);

-- @GrainStateVersion: the version last seen, NULL for a first write. Returns the new version, or
-- no row when another writer was first, which the provider reports as an inconsistent state.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('WriteToStorageKey', $query$
WITH updated AS (
    UPDATE OrleansStorage
    SET PayloadBinary = @PayloadBinary, ModifiedOn = now(), Version = Version + 1
    WHERE GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
      AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '')
      AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId
      AND Version = @GrainStateVersion
    RETURNING Version
), inserted AS (
    INSERT INTO OrleansStorage
        (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString,
         PayloadBinary, ModifiedOn, Version)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1,
           COALESCE(@GrainIdExtensionString, ''), @PayloadBinary, now(), 1
    WHERE CAST(@GrainStateVersion AS integer) IS NULL
    ON CONFLICT ON CONSTRAINT orleansstorage_pkey DO NOTHING
    RETURNING Version
)
SELECT Version AS NewGrainStateVersion FROM updated
UNION ALL
SELECT Version FROM inserted
$query$);

-- Leaves a tombstone. Returns the new version, or no row when @GrainStateVersion is stale.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('ClearStorageKey', $query$
UPDATE OrleansStorage
SET PayloadBinary = NULL, ModifiedOn = now(), Version = Version + 1
WHERE GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '')
  AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId
  AND Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion
$query$);

-- Used instead of ClearStorageKey under DeleteStateOnClear. Returns the old version plus one,
-- because the provider takes an unchanged version for a conflict.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('DeleteStorageKey', $query$
DELETE FROM OrleansStorage
WHERE GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '')
  AND GrainTypeString = @GrainTypeString AND ServiceId = @ServiceId
  AND Version = @GrainStateVersion
RETURNING Version + 1 AS NewGrainStateVersion
$query$);

-- Returns the silos that clients may connect to. @Status is 3 (Active).
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('GatewaysQueryKey', $query$
SELECT Address, ProxyPort, Generation
FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
$query$);

-- Returns one row: the version, and the member's columns (NULL when there is no such member).
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('MembershipReadRowKey', $query$
SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status,
       m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m
       ON m.DeploymentId = v.DeploymentId
      AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
WHERE v.DeploymentId = @DeploymentId
$query$);

-- Returns a row per member, at least one; members and version are of one snapshot because this
-- is one statement.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('MembershipReadAllKey', $query$
SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status,
       m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v
LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
WHERE v.DeploymentId = @DeploymentId
$query$);

-- Returns true when this call created the version row.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('InsertMembershipVersionKey', $query$
WITH inserted AS (
    INSERT INTO OrleansMembershipVersionTable (DeploymentId, Timestamp, Version)
    VALUES (@DeploymentId, now(), 0)
    ON CONFLICT ON CONSTRAINT orleansmembershipversion_pkey DO NOTHING
    RETURNING Version
)
SELECT EXISTS (SELECT FROM inserted)
$query$);

-- Adds a member if the table is still at @Version and the member is not there; returns whether.
-- A rival waits on the version row and then finds it moved on. Should a member appear in between
-- all the same, the primary key ends the whole statement.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('InsertMembershipKey', $query$
WITH bumped AS (
    UPDATE OrleansMembershipVersionTable
    SET Version = Version + 1, Timestamp = now()
    WHERE DeploymentId = @DeploymentId AND Version = @Version
      AND NOT EXISTS (
          SELECT FROM OrleansMembershipTable
          WHERE DeploymentId = @DeploymentId
            AND Address = @Address AND Port = @Port AND Generation = @Generation)
    RETURNING DeploymentId
), inserted AS (
    INSERT INTO OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort,
         StartTime, IAmAliveTime)
    SELECT DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort,
           @StartTime, @IAmAliveTime
    FROM bumped
    RETURNING Generation
)
SELECT EXISTS (SELECT FROM inserted)
$query$);

-- Changes a member if the table is still at @Version and the member is there; returns whether.
-- The member is locked first, so that a concurrent clean-up cannot remove it between the version
-- bump and the change.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('UpdateMembershipKey', $query$
WITH held AS MATERIALIZED (
    SELECT DeploymentId
    FROM OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId
      AND Address = @Address AND Port = @Port AND Generation = @Generation
    FOR UPDATE
), bumped AS (
    UPDATE OrleansMembershipVersionTable v
    SET Version = v.Version + 1, Timestamp = now()
    FROM held
    WHERE v.DeploymentId = held.DeploymentId AND v.Version = @Version
    RETURNING v.DeploymentId
), updated AS (
    UPDATE OrleansMembershipTable m
    SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    FROM bumped
    WHERE m.DeploymentId = bumped.DeploymentId
      AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
    RETURNING m.Generation
)
SELECT EXISTS (SELECT FROM updated)
$query$);

-- A heartbeat: no compare, and the table's version stays.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('UpdateIAmAlivetimeKey', $query$
UPDATE OrleansMembershipTable
SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId
  AND Address = @Address AND Port = @Port AND Generation = @Generation
$query$);

-- Forgets a deployment. The foreign key is checked at the end of the statement.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('DeleteMembershipTableEntriesKey', $query$
WITH members AS (
    DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId
)
DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId
$query$);

-- Removes members that are dead (6) and were silent since before @IAmAliveTime. Never others: a
-- silo that is still joining may be older than the cut-off.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('CleanupDefunctSiloEntriesKey', $query$
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = 6
  AND IAmAliveTime < @IAmAliveTime AND StartTime < @IAmAliveTime
  AND COALESCE(SuspectTimes, '') = ''
$query$);

-- Removes one dead member if it is still as the caller saw it.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('CleanupDefunctSiloEntryKey', $query$
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId
  AND Address = @Address AND Port = @Port AND Generation = @Generation
  AND Status = 6 AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime
  AND COALESCE(SuspectTimes, '') = COALESCE(@SuspectTimes, '')
$query$);

-- Returns all reminders of a grain. Index: orleansreminders_pkey.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('ReadReminderRowsKey', $query$
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId
$query$);

-- Returns no row or one.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('ReadReminderRowKey', $query$
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName
$query$);

-- A range of the ring that does not wrap: begin exclusive, end inclusive. Index:
-- orleansreminders_ring.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('ReadRangeRows1Key', $query$
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash
$query$);

-- A range that wraps, or the full ring (begin equals end).
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('ReadRangeRows2Key', $query$
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)
$query$);

-- Returns the new version, the reminder's etag.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('UpsertReminderRowKey', $query$
INSERT INTO OrleansRemindersTable AS r
    (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
ON CONFLICT ON CONSTRAINT orleansreminders_pkey DO UPDATE
SET StartTime = EXCLUDED.StartTime, Period = EXCLUDED.Period, GrainHash = EXCLUDED.GrainHash,
    Version = r.Version + 1
RETURNING Version
$query$);

-- Returns whether the reminder was there with that version, and so was removed.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('DeleteReminderRowKey', $query$
WITH deleted AS (
    DELETE FROM OrleansRemindersTable
    WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName
      AND Version = @Version
    RETURNING Version
)
SELECT EXISTS (SELECT FROM deleted)
$query$);

-- Removes all reminders of the service.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('DeleteReminderRowsKey', $query$
DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId
$query$);
