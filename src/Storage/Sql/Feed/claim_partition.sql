-- Takes a partition's feed over: the last to do so is its owner. Parameter: $1 partition. Returns
-- the new epoch and the position up to which all is delivered. Index: stream_checkpoints_pkey.
UPDATE stream_checkpoints
SET owner_epoch = owner_epoch + 1
WHERE partition = $1
RETURNING owner_epoch, xid, id
