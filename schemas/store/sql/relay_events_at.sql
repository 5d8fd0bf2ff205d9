-- Which events stand at these positions: compared with what Kafka holds there, it shows a database that
-- was restored from a backup and went on with other events.
select j.shard, j.event
from unnest($1::int[], $2::bigint[]) as wanted (shard, position)
join journal j on j.shard = wanted.shard and j.position = wanted.position
