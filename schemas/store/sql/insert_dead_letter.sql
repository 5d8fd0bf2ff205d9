-- What could not be applied, with its reason; the same record is parked once.
insert into dead_letter (id, shard, key, topic, partition, record_offset, token, state, error, parked_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::bigint / 1000.0))
on conflict do nothing
