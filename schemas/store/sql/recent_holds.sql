-- Holds of one account that began after the one named $3 would have (names grow with time), newest first,
-- at most $4: the purchases that a force capture may be of.
select h.account, h.id, h.policy::text, h.facts::text, h.standing::text, h.opened_at, h.merged_into
from hold h
where h.shard = $1 and h.account = $2 and h.id >= $3 and h.merged_into is null
order by h.id desc
limit $4
