-- Alerts, in the database transaction of what they are about.
insert into alert (id, kind, severity, account, token, type, state, currency, expected, booked, detail,
    raised_at)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::numeric[], $10::numeric[], $11::text[], $12::timestamptz[])
