-- What had come to nothing before its account existed was kept and not booked. Now that the account is
-- there it waits again: a message that follows it must find it, in whatever order they came.
update notification set status = 'waiting', finished_at = null
where account = any ($2) and shard = any ($1) and family = 'transactions'
    and status = 'applied' and hold is null and state in ('DECLINED', 'ERROR')
returning account, token, state
