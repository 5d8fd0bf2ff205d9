-- The next notifications, and those of them whose hold is not there.
with page as materialized (
    select n.token, n.state, n.account, n.shard, n.status, n.hold from notification n
    where (n.token, n.state, n.account) > ($1, $2, $3)
    order by n.token, n.state, n.account
    limit $4
)
select
    (select json_build_object('token', p.token, 'state', p.state, 'account', p.account)
     from page p order by p.token desc, p.state desc, p.account desc limit 1) as last,
    (select json_agg(json_build_object('token', p.token, 'account', p.account, 'hold', p.hold))
     from page p
     left join hold h on h.shard = p.shard and h.account = p.account and h.id = p.hold
     where p.status = 'applied' and p.hold is not null and h.id is null) as lost
