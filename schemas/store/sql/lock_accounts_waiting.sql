-- Locks accounts in (shard, token) order: the same order everywhere, so that two units never wait for
-- each other in a circle. Waits for those that another transaction has locked. What the locked row itself says
-- is as of the lock, also after a wait, so it need not be read again.
select a.token, a.state, a.kind, a.marqeta_state
from account a
join unnest($1::int[], $2::text[]) as wanted (shard, token)
    on a.shard = wanted.shard and a.token = wanted.token
order by a.shard, a.token
for no key update of a
