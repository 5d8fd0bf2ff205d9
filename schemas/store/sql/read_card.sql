-- A card. Only two requests in the same instant can register it under two accounts: the first counts.
select c.account, c.operator_state, c.marqeta_state from card c
where c.token = $1
order by c.created_at, c.account
limit 1
