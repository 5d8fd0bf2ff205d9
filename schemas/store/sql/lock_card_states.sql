-- Locks the states of cards in the order of their tokens, the same order everywhere. A row that is there is
-- locked by the empty update; one that is not is created, and a second writer waits for the first.
insert into card_state as s (token)
select w.token from unnest($1::text[]) as w (token)
order by w.token
on conflict (token) do update set marqeta_state = s.marqeta_state
