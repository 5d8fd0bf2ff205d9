-- The accounts that a hold's key or a card belongs to, or under which a transaction was stored before,
-- whichever shard they live in.
select distinct k.kind, k.value, k.account
from unnest($1::text[], $2::text[]) as w (kind, value)
join hold_key k on k.value = w.value and k.kind = w.kind
union
select 'card', c.token, c.account
from unnest($1::text[], $2::text[]) as w (kind, value)
join card c on w.kind = 'card' and c.token = w.value
union
select 'seen', n.token, n.account
from unnest($1::text[], $2::text[]) as w (kind, value)
join notification n on w.kind = 'seen' and n.token = w.value
