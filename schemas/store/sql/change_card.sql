-- The operator's word on a card whose account is locked.
update card set operator_state = $4 where token = $1 and account = $2 and shard = $3
