-- One range of one shard's journal, which no transaction can change any more: how many events it has, what
-- they debit and credit, which of them do not sum to zero, and whose accounts do not exist.
with event as materialized (
    select j.position, j.account, j.entries from journal j
    where j.shard = $1 and j.position > $2 and j.position <= $3
), line as materialized (
    select e.position, l.layer, l.currency, l.amount
    from event e
    cross join lateral jsonb_to_recordset(e.entries)
        as l (layer text, currency text, amount numeric)
)
select
    (select count(*) from event) as events,
    (select json_agg(json_build_object('currency', t.currency, 'debits', t.debits::text,
        'credits', t.credits::text))
     from (select currency, coalesce(-sum(amount) filter (where amount < 0), 0) as debits,
                coalesce(sum(amount) filter (where amount > 0), 0) as credits
           from line group by currency) t) as totals,
    (select json_agg(json_build_object('position', u.position, 'layer', u.layer,
        'currency', u.currency, 'sum', u.sum::text) order by u.position)
     from (select position, layer, currency, sum(amount) as sum
           from line group by position, layer, currency having sum(amount) <> 0) u) as unbalanced,
    (select json_agg(distinct e.account)
     from event e
     where e.entries <> '[]'
        and not exists (select from account a where a.shard = $1 and a.token = e.account)) as unknown_accounts
