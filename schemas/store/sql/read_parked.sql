-- What a dead letter is about: the notification as it is now, and as it came.
select n.status, n.family, n.raw from notification n
where n.token = $1 and n.state = $2 and n.account = $3 and n.shard = $4
