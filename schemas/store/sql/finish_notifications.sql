-- Waiting notifications become applied, or parked where there is an error.
update notification n
set status = case when s.error is null then 'applied' else 'parked' end,
    hold = s.hold, error = s.error, attempts = n.attempts + 1,
    finished_at = to_timestamp($7::bigint / 1000.0)
from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[])
    as s (token, state, account, shard, hold, error)
where n.token = s.token and n.state = s.state and n.account = s.account and n.shard = s.shard
    and n.status = 'waiting'
