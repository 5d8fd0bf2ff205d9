-- Alerts, in the transaction of what they are about.
insert into alert (id, kind, account, token, detail, raised_at)
select id, kind, account, token, detail, to_timestamp(at / 1000.0)
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
    as a (id, kind, account, token, detail, at)
