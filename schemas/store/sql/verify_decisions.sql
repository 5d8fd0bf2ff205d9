-- The next decisions, and those of them whose hold is not there, or does not know of them.
with page as materialized (
    select d.token, d.account, d.shard, d.outcome, d.hold from decision d
    where (d.token, d.account) > ($1, $2)
    order by d.token, d.account
    limit $3
)
select
    (select json_build_object('token', p.token, 'account', p.account) from page p
     order by p.token desc, p.account desc limit 1) as last,
    (select json_agg(json_build_object('token', p.token, 'account', p.account, 'hold', p.hold))
     from page p
     left join hold h on h.shard = p.shard and h.account = p.account and h.id = p.hold
     where p.hold is not null
        and (h.id is null
            or (p.outcome = 'approved' and h.merged_into is null
                and not exists (
                    -- A message of a numbered version is called TOKEN:VERSION.
                    select from jsonb_array_elements(h.facts) f
                    where p.token in (f ->> 't', concat(f ->> 't', ':', f ->> 'v')))))) as lost
