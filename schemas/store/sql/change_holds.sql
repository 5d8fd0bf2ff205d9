-- The new standing of holds that are there, under their accounts' locks.
update hold h
set facts = o.facts::jsonb, standing = o.standing::jsonb, is_open = o.is_open, expires_at = o.expires,
    merged_into = o.merged_into, is_unmatched = o.is_unmatched, used_at = o.used, used_late = o.used_late
from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::timestamptz[],
        $8::text[], $9::bool[], $10::timestamptz[], $11::bool[])
    as o (shard, account, id, facts, standing, is_open, expires, merged_into, is_unmatched, used, used_late)
where h.shard = o.shard and h.account = o.account and h.id = o.id
