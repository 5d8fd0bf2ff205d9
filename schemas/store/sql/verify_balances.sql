-- The stored balances of a page: after (shard $1, account $2), up to and with ($3, $4).
select b.account, b.currency, b.posted::text, b.held::text, b.pending_credit::text
from balance b
where (b.shard, b.account) > ($1, $2) and (b.shard, b.account) <= ($3, $4)
