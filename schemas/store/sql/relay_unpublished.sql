-- How many committed events of each shard Kafka is not yet known to have.
select c.shard, c.position - p.position
from shard_counter c join published p on p.shard = c.shard
order by c.shard
