-- Open alerts of a kind about these transactions are resolved by a later message.
update alert
set acknowledged_at = $3, acknowledged_by = 'holdfast', note = $4
where kind = $1 and token = any ($2::text[]) and acknowledged_at is null
