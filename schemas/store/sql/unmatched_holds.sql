-- Force captures without a purchase, newest first: of one account, or of all of them where
-- $2 is null. The shards are named so that each is looked at through its part of the index.
select h.account, h.id, h.policy::text, h.facts::text, h.standing::text, h.opened_at, h.merged_into
from hold h
where h.is_unmatched and h.shard = any ($1) and ($2::text is null or h.account = $2)
    and ($3::text is null or h.id < $3)
order by h.id desc
limit $4
