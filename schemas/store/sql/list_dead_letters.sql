-- Dead letters, newest first, before the one named $2; $1: only those that were not replayed.
select d.id, d.key, d.topic, d.partition, d.record_offset, d.token, d.state, d.error, d.parked_at,
    d.replayed_at
from dead_letter d
where (not $1 or d.replayed_at is null)
    and ($2::uuid is null
        or (d.parked_at, d.id) < (select b.parked_at, b.id from dead_letter b where b.id = $2))
order by d.parked_at desc, d.id desc
limit $3
