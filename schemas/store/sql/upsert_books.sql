-- Keys, counters and balances of which it is not known whether they are there: keys that lead elsewhere now,
-- an account's first counters, its first balance in a currency. All under their accounts' locks.
with put_key as (
    insert into hold_key (shard, account, kind, value, hold)
    select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[])
    on conflict (value, kind, account, shard) do update set hold = excluded.hold
), put_usage as (
    insert into usage (shard, account, meters)
    select shard, account, counters::jsonb
    from unnest($6::int[], $7::text[], $8::text[]) as u (shard, account, counters)
    on conflict (shard, account) do update set meters = excluded.meters
)
insert into balance (shard, account, currency, posted, held, pending_credit)
select * from unnest($9::int[], $10::text[], $11::text[], $12::numeric[], $13::numeric[],
    $14::numeric[])
on conflict (shard, account, currency) do update
    set posted = excluded.posted, held = excluded.held, pending_credit = excluded.pending_credit
