-- Decisions, newest first (their names grow with time), before the one named $10, decided in [$1, $2): by account $3,
-- outcome $4, decline reason $5, and by what the request's summary says: card $6, merchant $7, amount of at least $8
-- and at most $9. Absent filters are null. Planned for the values at hand: what is absent folds away. An account's
-- decisions are found by its events; without an account the index on the time is walked.
select d.account, d.token, d.id, d.outcome, d.reason, d.hold, d.summary, d.received_at, d.decided_at
from decision d
where d.decided_at >= $1 and d.decided_at < $2
    and ($3::text is null or (d.token, d.account, d.shard) in (
        select j.token, j.account, j.shard from journal j
        where j.account = $3 and j.topic = 'jit.authorizations.v1'))
    and ($4::text is null or d.outcome = $4)
    and ($5::text is null or d.reason = $5)
    and ($6::text is null or d.summary::json ->> 'card' = $6)
    and ($7::text is null or d.summary::json ->> 'mid' = $7)
    and ($8::numeric is null or nullif(d.summary::json ->> 'amount', '')::numeric >= $8::numeric)
    and ($9::numeric is null or nullif(d.summary::json ->> 'amount', '')::numeric <= $9::numeric)
    and ($10::text is null or d.id < $10)
order by d.id desc
limit $11
