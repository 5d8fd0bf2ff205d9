-- Prolongs a lease. As long as the epoch is the same no other relay has had the slot, even if the lease
-- has run out meanwhile.
update relay_slot set leased_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
where slot = $1 and epoch = $2
