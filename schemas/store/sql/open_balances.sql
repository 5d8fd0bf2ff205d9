-- Opens balances in these currencies; those that are there stay as they are.
insert into balance (shard, account, currency, posted, held, pending_credit)
select $1, $2, currency, 0, 0, 0 from unnest($3::text[]) as c (currency) order by currency
on conflict do nothing
