-- The last statement before COMMIT: takes positions from the shards' counters, in order of shard, and
-- writes the events. The second of two waits here for the first, so positions are in commit
-- order and without a gap. $1 to $12: the events, each with its place among the unit's events of its shard,
-- from 1; $13, $14: the shards, and how many events each of them gets.
with wanted as materialized (
    select * from unnest($13::int[], $14::bigint[]) as w (shard, events)
), locked as materialized (
    select c.shard from shard_counter c
    where c.shard = any ($13::int[])
    order by c.shard
    for no key update
), moved as (
    update shard_counter c set position = c.position + w.events
    from wanted w, locked l
    where c.shard = w.shard and c.shard = l.shard
    returning c.shard, c.position - w.events as before
)
insert into journal (shard, position, account, event, topic, type, subject, payload, entries, hold,
    token, at)
select e.shard, m.before + e.place, e.account, e.event, e.topic, e.type, e.subject, e.payload,
    e.entries::jsonb, e.hold, e.token, e.at
from unnest($1::int[], $2::bigint[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::text[], $10::text[], $11::text[], $12::timestamptz[])
    as e (shard, place, account, event, topic, type, subject, payload, entries, hold, token, at)
join moved m on m.shard = e.shard
