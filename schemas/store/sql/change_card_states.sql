-- The states of cards that are locked, where they are others now.
update card_state s set marqeta_state = n.state
from unnest($1::text[], $2::text[]) as n (token, state)
where s.token = n.token and s.marqeta_state is distinct from n.state
