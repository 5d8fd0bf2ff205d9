-- The last committed position of each shard. Positions have no gaps, so the difference to what is
-- published is the number of events that wait.
select shard, position from shard_counter where shard = any($1)
