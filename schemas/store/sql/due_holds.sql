-- Holds whose deadline has passed, the longest overdue first.
select account, id from hold
where expires_at is not null and expires_at <= to_timestamp($1::bigint / 1000.0)
order by expires_at
limit $2
