-- The cards that a batch's valid requests named for the first time, with what Marqeta has told of them
-- before.
insert into card (shard, account, token, marqeta_state, marqeta_changed_at)
select n.shard, n.account, n.token, t.state, t.changed_at
from unnest($1::int[], $2::text[], $3::text[]) as n (shard, account, token)
left join card_transition t on t.token = n.token
on conflict do nothing
