-- Accounts of a page that have a state by Marqeta or transitions: the stored state beside all transitions.
select a.token, a.marqeta_state, t.states, t.created
from account a
cross join lateral (
    select array_agg(t.state order by t.token, t.state) as states,
        array_agg(t.created_at order by t.token, t.state) as created
    from account_transition t
    where t.shard = a.shard and t.account = a.token
) t
where (a.shard, a.token) > ($1, $2) and (a.shard, a.token) <= ($3, $4)
    and (a.marqeta_state is not null or t.states is not null)
