-- Writes one operator's change, in the transaction that makes it.
insert into audit (id, shard, account, operator, role, address, action, object, name, before, after, reason, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11::text::jsonb, $12, $13)
