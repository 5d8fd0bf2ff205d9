-- Stored notifications by their keys.
select n.account, n.token, n.state, n.family, n.raw, n.status, n.topic
from unnest($1::text[], $2::text[], $3::text[], $4::int[]) as w (token, state, account, shard)
join notification n on n.token = w.token and n.state = w.state and n.account = w.account
    and n.shard = w.shard
