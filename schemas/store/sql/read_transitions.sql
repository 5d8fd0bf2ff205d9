-- Marqeta's word on cards that nobody has registered yet.
select t.token, t.state from card_transition t where t.token = any ($1::text[])
