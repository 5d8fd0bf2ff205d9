-- Registered cards in order of token, after $2, of account $1 (null: of all), each with Marqeta's state in force.
select c.token, c.account, c.operator_state, s.marqeta_state
from card c
left join card_state s on s.token = c.token
where ($1::text is null or c.account = $1)
    and ($2::text is null or c.token > $2)
order by c.token, c.account
limit $3
