-- The oldest notifications that are still owed.
select account, token, state from notification
where status = 'waiting' and received_at < to_timestamp($1::bigint / 1000.0)
order by received_at
limit $2
