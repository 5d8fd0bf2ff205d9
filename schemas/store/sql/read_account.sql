-- One account and its balances, and the last position of its shard: what the balances are as of, since all is one
-- snapshot.
select a.token, a.state, a.kind, a.marqeta_state, a.created_at,
    (select json_agg(json_build_object('currency', b.currency, 'posted', b.posted::text,
        'held', b.held::text, 'pending_credit', b.pending_credit::text))
     from balance b where b.shard = a.shard and b.account = a.token) as balances,
    (select c.position from shard_counter c where c.shard = a.shard) as position
from account a
where a.shard = $1 and a.token = $2
