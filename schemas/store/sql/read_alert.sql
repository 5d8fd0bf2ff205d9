-- The alert named $1.
select a.id, a.kind, a.severity, a.account, a.token, a.type, a.state, a.currency, a.expected::text,
    a.booked::text, a.detail, a.raised_at, a.acknowledged_at, a.acknowledged_by, a.note
from alert a
where a.id = $1
