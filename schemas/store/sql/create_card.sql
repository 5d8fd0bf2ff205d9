-- Registers a card by hand, with what Marqeta has told of it before.
insert into card (token, account, shard, operator_state, marqeta_state, marqeta_changed_at)
select n.token, n.account, n.shard, n.state, t.state, t.changed_at
from (values ($1::text, $2::text, $3::int, $4::text)) as n (token, account, shard, state)
left join card_transition t on t.token = n.token
