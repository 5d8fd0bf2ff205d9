-- Registers a card for an operator.
insert into card (token, account, shard, operator_state) values ($1, $2, $3, $4)
