-- All transitions of accounts that are locked.
select t.account, t.token, t.state, t.created_at
from unnest($1::int[], $2::text[]) as w (shard, token)
join account_transition t on t.shard = w.shard and t.account = w.token
