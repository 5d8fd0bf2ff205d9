-- First sight of each (token, state); what is known already is left alone and not returned.
insert into notification (token, state, account, shard, family, type, topic, status, content_hash, raw,
    message, event, error, received_at)
select token, state, account, shard, family, type, topic, status, content_hash, raw, message, event, error,
    to_timestamp(received / 1000.0)
from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::bytea[], $10::text[], $11::text[], $12::uuid[], $13::text[], $14::bigint[])
    as n (token, state, account, shard, family, type, topic, status, content_hash, raw, message, event, error,
        received)
on conflict do nothing
returning account, token, state
