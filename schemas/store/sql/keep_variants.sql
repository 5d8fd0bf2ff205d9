-- Of what came again, that whose content differs from the first sight is kept beside it, once.
insert into notification_variant (token, state, account, shard, content_hash, raw)
select v.token, v.state, v.account, v.shard, v.content_hash, v.raw
from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::bytea[], $6::text[])
    as v (token, state, account, shard, content_hash, raw)
join notification n on n.token = v.token and n.state = v.state and n.account = v.account
    and n.shard = v.shard
where n.content_hash <> v.content_hash
on conflict do nothing
returning token, state
