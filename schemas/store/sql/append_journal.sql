-- The last statement before COMMIT: takes positions from the shards' counters, in order of shard, and
-- writes the events. Whoever commits second waits here for the first, so positions are in commit
-- order and without a gap.
with event as (
    select e.*, row_number() over (partition by e.shard order by e.ordinal) as place
    from unnest($1::int[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::text[], $9::text[], $10::text[], $11::bigint[])
        with ordinality as e (shard, account, event, topic, type, subject, payload, entries, hold,
            token, at, ordinal)
), wanted as materialized (
    select shard, count(*) as events from event group by shard
), locked as materialized (
    select c.shard from shard_counter c
    where c.shard in (select shard from wanted)
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
    e.entries::jsonb, e.hold, e.token, to_timestamp(e.at / 1000.0)
from event e join moved m on m.shard = e.shard
order by e.ordinal
returning position
