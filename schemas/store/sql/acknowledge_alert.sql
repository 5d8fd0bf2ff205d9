-- Acknowledges the alert named $1 at $2 by $3 with the note $4. The first acknowledgement stays: the row is returned as it is
-- then, also where two do so at once, because the second update waits for the first one's row and reads it again.
update alert a
set acknowledged_at = coalesce(a.acknowledged_at, $2), acknowledged_by = coalesce(a.acknowledged_by, $3),
    note = coalesce(a.note, $4)
where a.id = $1
returning a.id, a.kind, a.severity, a.account, a.token, a.type, a.state, a.currency, a.expected::text,
    a.booked::text, a.detail, a.raised_at, a.acknowledged_at, a.acknowledged_by, a.note
