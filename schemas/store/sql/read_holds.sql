-- Holds by name: the targets of merged holds, and what the expiry worker or an operator asks for.
select json_agg(json_build_object('account', h.account, 'id', h.id, 'policy', h.policy,
    'facts', h.facts, 'standing', h.standing, 'merged_into', h.merged_into,
    'opened', (extract(epoch from h.opened_at) * 1000)::bigint)) as holds
from unnest($1::int[], $2::text[], $3::text[]) as w (shard, account, id)
join hold h on h.shard = w.shard and h.account = w.account and h.id = w.id
