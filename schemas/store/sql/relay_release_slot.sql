-- Gives a lease back, so that the next owner need not wait for its end.
update relay_slot set leased_until = '-infinity', owner = null where slot = $1 and epoch = $2
