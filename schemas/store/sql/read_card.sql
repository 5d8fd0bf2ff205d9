-- A card, also one that only transitions know. Only two requests in the same instant can register it under
-- two accounts: the first counts.
select c.account, c.operator_state, s.marqeta_state
from (values ($1::text)) as w (token)
left join card c on c.token = w.token
left join card_state s on s.token = w.token
where c.token is not null or s.token is not null
order by c.created_at, c.account
limit 1
