-- The next page of cards with a state or transitions, in the order of their tokens: the stored state beside
-- all transitions. Each inner page is read along its index.
select p.token, s.marqeta_state, t.states, t.created
from (
    (select s.token from card_state s where s.token > $1 order by s.token limit $2)
    union
    (select distinct t.card from card_transition t where t.card > $1 order by t.card limit $2)
    order by 1
    limit $2
) p
left join card_state s on s.token = p.token
cross join lateral (
    select array_agg(t.state order by t.token, t.state) as states,
        array_agg(t.created_at order by t.token, t.state) as created
    from card_transition t
    where t.card = p.token
) t
order by p.token
