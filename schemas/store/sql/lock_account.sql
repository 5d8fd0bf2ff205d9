-- Locks one account to change the row itself.
select state, kind from account where shard = $1 and token = $2 for no key update
