-- A hold by its name alone, as an operator gives it. The shards are named so that each is looked at
-- through its part of the primary key; operators ask rarely.
select h.account, h.id, h.policy::text, h.facts::text, h.standing::text, h.opened_at, h.merged_into
from hold h
where h.shard = any ($1) and h.id = $2
limit 1
