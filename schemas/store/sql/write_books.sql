-- New holds and keys, the new values of counters and balances that are there, and the responses of a front's
-- batch, all under their accounts' locks. Whether a row is there is known from reading under the lock; ON
-- CONFLICT, which finds out by itself, costs a lock and a record of the log more for each row
-- (`upsert_books` is for the few rows of which it is not known). Inserts are sorted by the caller, so that
-- units meet on unique indexes in the same order.
with new_hold as (
    insert into hold (shard, account, id, facts, standing, is_open, expires_at, merged_into, is_unmatched,
        used_at, used_late, policy, opened_at)
    select shard, account, id, facts::jsonb, standing::jsonb, is_open, expires, merged_into, is_unmatched,
        used, used_late, policy::jsonb, opened
    from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::timestamptz[],
            $8::text[], $9::bool[], $10::timestamptz[], $11::bool[], $12::text[], $13::timestamptz[])
        as h (shard, account, id, facts, standing, is_open, expires, merged_into, is_unmatched, used,
            used_late, policy, opened)
), new_key as (
    insert into hold_key (shard, account, kind, value, hold)
    select * from unnest($14::int[], $15::text[], $16::text[], $17::text[], $18::text[])
), new_decision as (
    insert into decision (shard, account, token, id, content_hash, outcome, reason, status, response_body,
        hold, summary, reasons, rules, received_at, decided_at)
    select * from unnest($28::int[], $29::text[], $30::text[], $31::text[], $32::bytea[], $33::text[],
        $34::text[], $35::smallint[], $36::text[], $37::text[], $38::text[], $39::text[], $40::int[],
        $41::timestamptz[], $42::timestamptz[])
), changed_usage as (
    update usage u set meters = o.counters::jsonb
    from unnest($19::int[], $20::text[], $21::text[]) as o (shard, account, counters)
    where u.shard = o.shard and u.account = o.account
)
update balance b
set posted = o.posted, held = o.held, pending_credit = o.pending_credit
from unnest($22::int[], $23::text[], $24::text[], $25::numeric[], $26::numeric[], $27::numeric[])
    as o (shard, account, currency, posted, held, pending_credit)
where b.shard = o.shard and b.account = o.account and b.currency = o.currency
