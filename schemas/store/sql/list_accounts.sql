-- A page of accounts in lock order, after (shard $1, token $2), by state $4 and kind $5 (null: any), each with its
-- balances and the last position of its shard: what the balances are as of, since all is one snapshot.
select a.token, a.state, a.kind, a.marqeta_state, a.created_at,
    (select json_agg(json_build_object('currency', b.currency, 'posted', b.posted::text,
        'held', b.held::text, 'pending_credit', b.pending_credit::text))
     from balance b where b.shard = a.shard and b.account = a.token) as balances,
    (select c.position from shard_counter c where c.shard = a.shard) as position
from account a
where (a.shard, a.token) > ($1, $2)
    and ($4::text is null or a.state = $4)
    and ($5::text is null or a.kind = $5)
order by a.shard, a.token
limit $3
