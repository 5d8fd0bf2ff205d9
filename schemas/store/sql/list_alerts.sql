-- Alerts, newest first, before the one named $1.
select a.id, a.kind, a.account, a.token, a.detail, a.raised_at
from alert a
where $1::uuid is null
    or (a.raised_at, a.id) < (select b.raised_at, b.id from alert b where b.id = $1)
order by a.raised_at desc, a.id desc
limit $2
