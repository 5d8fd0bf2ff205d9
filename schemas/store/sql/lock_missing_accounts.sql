-- Locks the names of accounts that may not exist, until the transaction ends. The creation of an account and
-- the storing of a transition of a missing one take this lock first, so that one of the two sees what
-- the other has committed. Two names with one hash only wait for each other.
select pg_advisory_xact_lock(hashtextextended(w.token, w.shard))
from unnest($1::int[], $2::text[]) as w (shard, token)
order by w.shard, w.token
