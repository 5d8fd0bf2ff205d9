-- The answers of a batch.
insert into decision (shard, account, token, id, content_hash, outcome, reason, status, answer, hold,
    summary, reasons, rules, received_at, decided_at)
select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[],
    $7::text[], $8::smallint[], $9::text[], $10::text[], $11::text[], $12::text[], $13::int[],
    $14::timestamptz[], $15::timestamptz[])
