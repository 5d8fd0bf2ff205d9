-- All transitions of cards whose states are locked.
select t.card, t.token, t.state, t.created_at
from card_transition t
where t.card = any ($1::text[])
