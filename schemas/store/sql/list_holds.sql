-- Holds of one account, newest first (names of holds grow with time), before the one named $4. What
-- was merged into another hold is shown there.
select h.account, h.id, h.policy::text, h.facts::text, h.standing::text, h.opened_at, h.merged_into
from hold h
where h.shard = $1 and h.account = $2 and h.merged_into is null
    and ($3::boolean is null or h.is_open = $3)
    and ($4::text is null or h.id < $4)
order by h.id desc
limit $5
