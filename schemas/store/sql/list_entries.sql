-- The customer's lines of one account, newest first, from the line before ($3, $4). The condition on
-- the position alone lets the index find the place; the pair then cuts exactly.
select j.position, line.number, j.at,
    case j.topic when 'jit.authorizations.v1' then 'authorized'
        else coalesce(j.payload::json ->> 'kind', j.type) end as kind,
    j.token, j.hold,
    line.value ->> 'layer' as layer, line.value ->> 'currency' as currency,
    line.value ->> 'amount' as amount
from journal j
cross join lateral jsonb_array_elements(j.entries) with ordinality as line (value, number)
where j.account = $1 and j.shard = $2
    and j.position <= $3 and (j.position, line.number) < ($3, $4)
    and line.value ->> 'side' = 'customer'
order by j.position desc, line.number desc
limit $5
