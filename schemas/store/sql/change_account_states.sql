-- The states by Marqeta of accounts that are locked, where they are others now.
update account a set marqeta_state = n.state
from unnest($1::int[], $2::text[], $3::text[]) as n (shard, token, state)
where a.shard = n.shard and a.token = n.token and a.marqeta_state is distinct from n.state
