-- The new values of holds, keys, meters and balances, all under their accounts' locks. Inserts are sorted by
-- the caller, so that units meet on unique indexes in the same order.
with new_hold as (
    insert into hold (shard, account, id, policy, facts, standing, is_open, opened_at, expires_at,
        merged_into, is_unmatched, used_at, used_late)
    select shard, account, id, policy::jsonb, facts::jsonb, standing::jsonb, is_open,
        to_timestamp(opened / 1000.0), to_timestamp(expires / 1000.0), merged_into, is_unmatched,
        to_timestamp(used / 1000.0), used_late
    from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
            $7::bool[], $8::bigint[], $9::bigint[], $10::text[], $22::bool[], $23::bigint[],
            $24::bool[])
        as h (shard, account, id, policy, facts, standing, is_open, opened, expires, merged_into,
            is_unmatched, used, used_late)
    on conflict (shard, account, id) do update
        set facts = excluded.facts, standing = excluded.standing, is_open = excluded.is_open,
            expires_at = excluded.expires_at, merged_into = excluded.merged_into,
            is_unmatched = excluded.is_unmatched, used_at = excluded.used_at,
            used_late = excluded.used_late
), new_usage as (
    insert into usage (shard, account, meters)
    select shard, account, meters::jsonb
    from unnest($25::int[], $26::text[], $27::text[]) as u (shard, account, meters)
    on conflict (shard, account) do update set meters = excluded.meters
), new_key as (
    insert into hold_key (shard, account, kind, value, hold)
    select * from unnest($11::int[], $12::text[], $13::text[], $14::text[], $15::text[])
    on conflict (value, kind, account, shard) do update set hold = excluded.hold
)
insert into balance (shard, account, currency, posted, held, pending_credit)
select * from unnest($16::int[], $17::text[], $18::text[], $19::numeric[], $20::numeric[],
    $21::numeric[])
on conflict (shard, account, currency) do update
    set posted = excluded.posted, held = excluded.held, pending_credit = excluded.pending_credit
