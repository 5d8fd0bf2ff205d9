-- The accounts that a hold's key or a card belongs to, whichever shard they live in.
select distinct k.kind, k.value, k.account
from unnest($1::text[], $2::text[]) as w (kind, value)
join hold_key k on k.value = w.value and k.kind = w.kind
union all
select 'card', c.token, c.account
from unnest($1::text[], $2::text[]) as w (kind, value)
join card c on w.kind = 'card' and c.token = w.value
