-- Approvals of the last twelve days that no notification has confirmed.
select count(*), coalesce(extract(epoch from now() - min(d.decided_at)), 0)::bigint
from decision d
where d.outcome = 'approved'
    and d.decided_at < to_timestamp($1::bigint / 1000.0)
    and d.decided_at > now() - interval '12 days'
    and not exists (select from notification n where n.token = d.token)
