-- A counter and a publishing position for every shard, once.
with numbers as (
    select generate_series(0, p.shards - 1) as shard from program p
), counters as (
    insert into shard_counter (shard, position) select shard, 0 from numbers on conflict do nothing
), slot as (
    insert into relay_slot (slot) values (0) on conflict do nothing
)
insert into published (shard, position) select shard, 0 from numbers on conflict do nothing
