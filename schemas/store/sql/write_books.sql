-- New holds and keys, the new values of holds, meters and balances that are there, and the answers of a
-- front's batch, all under their accounts' locks. Whether a row is there is known from reading under the lock; ON CONFLICT, which finds
-- out by itself, costs a lock and a record of the log more for each row (`upsert_books` is for the few
-- rows of which it is not known). Inserts are sorted by the caller, so that units meet on unique indexes
-- in the same order.
with one_hold as materialized (
    select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
            $7::bool[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::bool[],
            $12::timestamptz[], $13::bool[], $14::bool[])
        as h (shard, account, id, policy, facts, standing, is_open, opened, expires, merged_into,
            is_unmatched, used, used_late, is_new)
), new_hold as (
    insert into hold (shard, account, id, policy, facts, standing, is_open, opened_at, expires_at,
        merged_into, is_unmatched, used_at, used_late)
    select shard, account, id, policy::jsonb, facts::jsonb, standing::jsonb, is_open, opened, expires,
        merged_into, is_unmatched, used, used_late
    from one_hold where is_new
), changed_hold as (
    update hold h
    set facts = o.facts::jsonb, standing = o.standing::jsonb, is_open = o.is_open,
        expires_at = o.expires, merged_into = o.merged_into, is_unmatched = o.is_unmatched,
        used_at = o.used, used_late = o.used_late
    from one_hold o
    where not o.is_new and h.shard = o.shard and h.account = o.account and h.id = o.id
), new_key as (
    insert into hold_key (shard, account, kind, value, hold)
    select * from unnest($15::int[], $16::text[], $17::text[], $18::text[], $19::text[])
), new_decision as (
    insert into decision (shard, account, token, id, content_hash, outcome, reason, status, answer,
        hold, summary, reasons, rules, received_at, decided_at)
    select * from unnest($29::int[], $30::text[], $31::text[], $32::text[], $33::bytea[], $34::text[],
        $35::text[], $36::smallint[], $37::text[], $38::text[], $39::text[], $40::text[], $41::int[],
        $42::timestamptz[], $43::timestamptz[])
), changed_usage as (
    update usage u set meters = o.meters::jsonb
    from unnest($20::int[], $21::text[], $22::text[]) as o (shard, account, meters)
    where u.shard = o.shard and u.account = o.account
)
update balance b
set posted = o.posted, held = o.held, pending_credit = o.pending_credit
from unnest($23::int[], $24::text[], $25::text[], $26::numeric[], $27::numeric[], $28::numeric[])
    as o (shard, account, currency, posted, held, pending_credit)
where b.shard = o.shard and b.account = o.account and b.currency = o.currency
