-- What is still owed: how many, and the age of the oldest in seconds.
select count(*), coalesce(extract(epoch from now() - min(received_at)), 0)::bigint
from notification where status = 'waiting'
