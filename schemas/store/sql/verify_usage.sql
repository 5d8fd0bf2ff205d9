-- The stored velocity counters of a page: after (shard $1, account $2), up to and with ($3, $4).
select u.account, u.meters::text
from usage u
where (u.shard, u.account) > ($1, $2) and (u.shard, u.account) <= ($3, $4)
