-- One dead letter, locked for its replay.
select d.id, d.key, d.topic, d.partition, d.record_offset, d.token, d.state, d.error, d.parked_at,
    d.replayed_at
from dead_letter d where d.id = $1 for no key update
