-- What was done under this reference before. Read under the account's lock.
select content::text, event, made_at from transfer
where shard = $1 and account = $2 and reference = $3
