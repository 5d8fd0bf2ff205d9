-- A page of accounts in lock order, after (shard $1, token $2), each with its balances.
select a.token, a.state, a.kind, a.marqeta_state, a.created_at,
    (select json_agg(json_build_object('currency', b.currency, 'posted', b.posted::text,
        'held', b.held::text, 'pending_credit', b.pending_credit::text))
     from balance b where b.shard = a.shard and b.account = a.token) as balances
from account a
where (a.shard, a.token) > ($1, $2)
order by a.shard, a.token
limit $3
