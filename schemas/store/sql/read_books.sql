-- Everything that a unit needs to know, in one snapshot taken after the locks (a lock wait does not
-- refresh the snapshot of its own statement). $1, $2: accounts; $3 to $6: keys as (shard, account,
-- kind, value); $7: transaction tokens, looked up under every account; $8: cards, likewise.
with wanted_key as materialized (
    select k.shard, k.account, k.kind, k.value, k.hold
    from unnest($3::int[], $4::text[], $5::text[], $6::text[]) as w (shard, account, kind, value)
    join hold_key k
        on k.value = w.value and k.kind = w.kind and k.account = w.account and k.shard = w.shard
)
select
    (select json_agg(json_build_object('token', a.token, 'state', a.state, 'kind', a.kind))
     from unnest($1::int[], $2::text[]) as w (shard, token)
     join account a on a.shard = w.shard and a.token = w.token) as accounts,
    (select json_agg(json_build_object('account', b.account, 'currency', b.currency,
        'posted', b.posted::text, 'held', b.held::text, 'pending_credit', b.pending_credit::text))
     from unnest($1::int[], $2::text[]) as w (shard, account)
     join balance b on b.shard = w.shard and b.account = w.account) as balances,
    (select json_agg(json_build_object('account', account, 'kind', kind, 'value', value,
        'hold', hold)) from wanted_key) as keys,
    (select json_agg(json_build_object('account', h.account, 'id', h.id, 'policy', h.policy,
        'facts', h.facts, 'standing', h.standing, 'merged_into', h.merged_into,
        'opened', (extract(epoch from h.opened_at) * 1000)::bigint))
     from (select distinct shard, account, hold from wanted_key) k
     join hold h on h.shard = k.shard and h.account = k.account and h.id = k.hold) as holds,
    (select json_agg(json_build_object('token', d.token, 'account', d.account,
        'content_hash', encode(d.content_hash, 'hex'), 'outcome', d.outcome, 'status', d.status,
        'answer', d.answer))
     from decision d where d.token = any ($7::text[])) as decisions,
    (select json_agg(json_build_object('token', n.token, 'state', n.state, 'account', n.account,
        'status', n.status, 'raw', n.raw))
     from notification n where n.token = any ($7::text[])) as notifications,
    (select json_agg(json_build_object('token', c.token, 'account', c.account,
        'operator_state', c.operator_state, 'marqeta_state', coalesce(t.state, c.marqeta_state)))
     from card c
     -- Kept in the very moment in which the card was registered: neither saw the other.
     left join card_transition t on t.token = c.token
         and (c.marqeta_changed_at is null or c.marqeta_changed_at < t.changed_at)
     where c.token = any ($8::text[])) as cards,
    (select json_object_agg(t.token, t.state)
     from card_transition t where t.token = any ($8::text[])) as transitions,
    -- Meters of spending limits; without any an account that has no hold has used nothing.
    (select json_agg(json_build_object('account', w.account, 'meters', u.meters,
        'fresh', u.account is null and not exists (
            select 1 from hold h where h.shard = w.shard and h.account = w.account)))
     from unnest($1::int[], $2::text[]) as w (shard, account)
     left join usage u on u.shard = w.shard and u.account = w.account) as meters
