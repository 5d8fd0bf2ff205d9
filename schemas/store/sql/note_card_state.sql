-- Marqeta's word about a card; an older one that comes late changes nothing. For a card that nobody has
-- registered yet it is kept until somebody does.
with told as (
    select $1::text as token, $2::text as state, to_timestamp($3::bigint / 1000.0) as at
), registered as (
    update card c
    set marqeta_state = t.state, marqeta_changed_at = t.at
    from told t
    where c.token = t.token and (c.marqeta_changed_at is null or c.marqeta_changed_at <= t.at)
)
insert into card_transition as kept (token, state, changed_at)
select t.token, t.state, t.at
from told t
where not exists (select from card c where c.token = t.token)
on conflict (token) do update
set state = excluded.state, changed_at = excluded.changed_at
where kept.changed_at is null or kept.changed_at <= excluded.changed_at
