-- Card transitions, under the locks of their states. One that comes again changes nothing; should it come
-- with two times, the earlier counts, in whatever order they came.
insert into card_transition as t (card, token, state, created_at, received_at)
select n.card, n.token, n.state, min(n.created), $5
from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as n (card, token, state, created)
group by n.card, n.token, n.state
on conflict (card, token, state) do update set created_at = least(t.created_at, excluded.created_at)
where t.created_at is distinct from least(t.created_at, excluded.created_at)
