-- Opens accounts that only a final message knows of, in lock order; returns those that were not there.
insert into account (shard, token, state, kind)
select shard, token, 'unregistered', 'user'
from unnest($1::int[], $2::text[]) as w (shard, token)
order by shard, token
on conflict do nothing
returning token
