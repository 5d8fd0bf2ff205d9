-- What the journal says of these accounts, by hold; lines without a hold are transfers.
select j.account, j.hold, l.currency,
    coalesce(sum(l.amount) filter (where l.layer = 'settled'), 0)::text,
    coalesce(-sum(l.amount) filter (where l.layer = 'held'), 0)::text,
    coalesce(sum(l.amount) filter (where l.layer = 'pending_credit'), 0)::text
from journal j
cross join lateral jsonb_to_recordset(j.entries)
    as l (side text, layer text, currency text, amount numeric)
where j.account = any ($1) and l.side = 'customer'
group by j.account, j.hold, l.currency
