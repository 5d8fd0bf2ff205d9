-- The next holds of a page of accounts: after (shard $1, account $2, name $3), up to ($4, $5).
select h.shard, h.account, h.id, h.policy::text, h.facts::text, h.standing::text, h.is_open,
    h.opened_at, h.expires_at, h.merged_into, h.is_unmatched
from hold h
where (h.shard, h.account, h.id) > ($1, $2, $3) and (h.shard, h.account) <= ($4, $5)
order by h.shard, h.account, h.id
limit $6
