-- A transfer, adjustment or write-off, once per reference within the account.
insert into transfer (shard, account, reference, content, event, made_at)
values ($1, $2, $3, $4::jsonb, $5, to_timestamp($6::bigint / 1000.0))
