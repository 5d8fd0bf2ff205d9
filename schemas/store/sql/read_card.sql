-- A card. Only two requests in the same instant can register it under two accounts: the first counts.
-- What Marqeta told in the very moment in which it was registered was kept apart.
select c.account, c.operator_state, coalesce(t.state, c.marqeta_state)
from card c
left join card_transition t on t.token = c.token
    and (c.marqeta_changed_at is null or c.marqeta_changed_at < t.changed_at)
where c.token = $1
order by c.created_at, c.account
limit 1
