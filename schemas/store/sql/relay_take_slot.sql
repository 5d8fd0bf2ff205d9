-- Takes the lease of a free slot, or that this owner held before. The epoch grows, so that
-- whatever the predecessor still does under the old one is refused. The server's clock decides.
update relay_slot
set owner = $2, epoch = epoch + 1, leased_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
where slot = $1 and (leased_until <= clock_timestamp() or owner = $2)
returning epoch
