-- The next page of accounts.
select a.shard, a.token from account a
where (a.shard, a.token) > ($1, $2)
order by a.shard, a.token
limit $3
