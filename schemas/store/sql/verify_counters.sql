-- Every shard's counter beside the journal's last position and what Kafka is known to have.
select c.shard, c.position,
    coalesce((select max(j.position) from journal j where j.shard = c.shard), 0),
    coalesce((select p.position from published p where p.shard = c.shard), 0)
from shard_counter c
order by c.shard
