-- How far Kafka is known to have each shard.
select shard, position from published where shard = any($1)
