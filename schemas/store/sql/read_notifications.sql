-- Stored notifications by their keys, each with the notifications of the same transaction that were cancelled.
select n.account, n.token, n.state, n.message, n.status, n.topic,
    array(
        select o.message from notification o
        where o.token = n.token and o.state in ('DECLINED', 'ERROR') and o.state <> n.state
            and o.account = n.account and o.shard = n.shard
    ) as cancelled
from unnest($1::text[], $2::text[], $3::text[], $4::int[]) as w (token, state, account, shard)
join notification n on n.token = w.token and n.state = w.state and n.account = w.account
    and n.shard = w.shard
