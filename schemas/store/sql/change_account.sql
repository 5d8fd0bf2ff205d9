-- The new state and kind of an account whose row is locked.
update account set state = $3, kind = $4 where shard = $1 and token = $2
