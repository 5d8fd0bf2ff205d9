-- The answers of a batch, and the cards that its valid requests named for the first time, with what
-- Marqeta has told of them before.
with new_card as (
    insert into card (shard, account, token, marqeta_state, marqeta_changed_at)
    select n.shard, n.account, n.token, t.state, t.changed_at
    from unnest($1::int[], $2::text[], $3::text[]) as n (shard, account, token)
    left join card_transition t on t.token = n.token
    on conflict do nothing
)
insert into decision (shard, account, token, id, content_hash, outcome, reason, status, answer, hold,
    request, why, rules, received_at, decided_at)
select shard, account, token, id, content_hash, outcome, reason, status, answer, hold,
    request::jsonb, why::jsonb, rules, to_timestamp(received / 1000.0),
    to_timestamp(decided / 1000.0)
from unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::text[], $10::text[],
        $11::smallint[], $12::text[], $13::text[], $14::text[], $15::text[], $16::int[],
        $17::bigint[], $18::bigint[])
    as d (shard, account, token, id, content_hash, outcome, reason, status, answer, hold, request,
        why, rules, received, decided)
