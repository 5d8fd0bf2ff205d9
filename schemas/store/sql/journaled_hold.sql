-- The hold that an event changed, if it was committed. Asked by acts that were tried again because an attempt
-- had no response, which is rare: so it may look through the account's part of the journal.
select j.hold from journal j where j.shard = $1 and j.account = $2 and j.event = $3
