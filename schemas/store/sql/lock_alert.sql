-- Locks an alert, and says whether it was acknowledged.
select acknowledged_at is not null from alert where id = $1 for no key update
