-- Accounts that are not locked by the unit that asks: they do not exist, or another transaction has them locked.
select a.token, a.state, a.kind, a.marqeta_state
from unnest($1::int[], $2::text[]) as w (shard, token)
join account a on a.shard = w.shard and a.token = w.token
