-- Notifications, newest first (names of their events grow with time), before the one whose event is $10, received in
-- [$1, $2): by account $3, type $4, status $5, and by what the normalised message says: card $6, merchant $7, amount of
-- at least $8 and at most $9. Absent filters are null. Planned for the values at hand: what is absent folds away.
select n.account, n.token, n.state, n.type, n.status, n.hold, n.error, n.message, n.event, n.received_at
from notification n
where n.received_at >= $1 and n.received_at < $2
    and ($3::text is null or n.account = $3)
    and ($4::text is null or n.type = $4)
    and ($5::text is null or n.status = $5)
    and ($6::text is null or n.message::json #>> '{content,card_message,card}' = $6)
    and ($7::text is null or n.message::json #>> '{content,card_message,merchant,mid}' = $7)
    and ($8::numeric is null or (n.message::json #>> '{content,card_message,amount}')::numeric >= $8::numeric)
    and ($9::numeric is null or (n.message::json #>> '{content,card_message,amount}')::numeric <= $9::numeric)
    and ($10::uuid is null or n.event < $10)
order by n.event desc
limit $11
