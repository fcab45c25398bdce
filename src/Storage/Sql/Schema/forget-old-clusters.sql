-- Removes what silos of earlier starts left in the membership tables, so that nobody probes them.
-- Only for a database that one launcher has to itself.
-- $1 the cluster that stays (text). Uses the primary keys of both tables.
WITH members AS (
    DELETE FROM OrleansMembershipTable WHERE DeploymentId <> $1
)
DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId <> $1;
