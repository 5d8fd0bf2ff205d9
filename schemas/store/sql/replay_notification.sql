-- A parked notification, normalised again, is owed again: the reconciler applies what is waiting.
update notification set status = 'waiting', message = $5, attempts = 0, error = null, finished_at = null
where token = $1 and state = $2 and account = $3 and shard = $4 and status = 'parked'
