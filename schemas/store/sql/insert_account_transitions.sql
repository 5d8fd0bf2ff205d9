-- Transitions of accounts that are locked, or missing and locked by name. One that comes again changes
-- nothing; should it come with two times, the earlier counts, in whatever order they came.
insert into account_transition as t (shard, account, token, state, created_at, received_at)
select n.shard, n.account, n.token, n.state, min(n.created), $6
from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
    as n (shard, account, token, state, created)
group by n.shard, n.account, n.token, n.state
on conflict (shard, account, token, state) do update
set created_at = least(t.created_at, excluded.created_at)
where t.created_at is distinct from least(t.created_at, excluded.created_at)
