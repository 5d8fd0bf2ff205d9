-- The cards that a batch's valid requests named for the first time.
insert into card (shard, account, token)
select n.shard, n.account, n.token
from unnest($1::int[], $2::text[], $3::text[]) as n (shard, account, token)
on conflict do nothing
