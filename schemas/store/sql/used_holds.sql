-- The holds of locked accounts that may have used something of a limit since a moment each ($3, in
-- milliseconds; $4 the name that a hold opened a day before that would have). A hold that used something
-- long after it was opened is found by when it did.
select json_agg(json_build_object('account', h.account, 'id', h.id, 'policy', h.policy,
    'facts', h.facts, 'standing', h.standing, 'merged_into', h.merged_into,
    'opened', (extract(epoch from h.opened_at) * 1000)::bigint)) as holds
from unnest($1::int[], $2::text[], $3::bigint[], $4::text[]) as w (shard, account, since, name)
cross join lateral (
    select * from hold h
    where h.shard = w.shard and h.account = w.account and h.id >= w.name and h.merged_into is null
    union all
    select * from hold h
    where h.shard = w.shard and h.account = w.account and h.used_late and h.merged_into is null
        and h.id < w.name and h.used_at >= to_timestamp(w.since / 1000.0)
) h
