-- Alerts by kind $1, account $2, transaction $3, raised at or after $4, unless $5 only those that are not
-- acknowledged, before the one named $6; newest first. Absent filters are null. The statement is planned for the
-- values at hand: what is absent folds away, so that the index of what is given serves.
select a.id, a.kind, a.severity, a.account, a.token, a.type, a.state, a.currency, a.expected::text,
    a.booked::text, a.detail, a.raised_at, a.acknowledged_at, a.acknowledged_by, a.note
from alert a
where ($1::text is null or a.kind = $1)
    and ($2::text is null or a.account = $2)
    and ($3::text is null or a.token = $3)
    and ($4::timestamptz is null or a.raised_at >= $4)
    and ($5 or a.acknowledged_at is null)
    and ($6::uuid is null
        or (a.raised_at, a.id) < ((select b.raised_at from alert b where b.id = $6), $6))
order by a.raised_at desc, a.id desc
limit $7
