-- The next events of several shards: for each shard those after one position up to another. Shards are
-- interleaved (the first event of each, then the second of each, ...), and the page ends where the events
-- before it hold $4 bytes: what is cut off is the end of every shard's range, never its middle.
select shard, position, account, event, topic, type, subject, payload, entries, at
from (
    select j.*, sum(octet_length(j.payload)) over turns - octet_length(j.payload) as bytes_before,
        row_number() over turns as turn
    from unnest($1::int[], $2::bigint[], $3::bigint[]) as wanted (shard, after, until)
    cross join lateral (
        select j.shard, j.position, j.account, j.event, j.topic, j.type, j.subject, j.payload, j.entries,
            (extract(epoch from j.at) * 1000)::bigint as at
        from journal j
        where j.shard = wanted.shard and j.position > wanted.after and j.position <= wanted.until
    ) j
    window turns as (order by j.position - wanted.after, j.shard)
) page
where bytes_before < $4
order by turn
