-- Everything that is known of one Marqeta transaction, under every account that it was notified for, in
-- one snapshot. Holds that were merged are followed to the one that took them over. Disputes are those of
-- its accounts; which of them are about this transaction their texts say.
with recursive named as (
    select k.shard, k.account, k.hold from hold_key k where k.value = $1 and k.kind = 't'
    union
    select d.shard, d.account, d.hold from decision d where d.token = $1 and d.hold is not null
    union
    select n.shard, n.account, n.hold from notification n where n.token = $1 and n.hold is not null
), followed as (
    select h.shard, h.account, h.id, h.merged_into
    from named n
    join hold h on h.shard = n.shard and h.account = n.account and h.id = n.hold
    union
    select h.shard, h.account, h.id, h.merged_into
    from followed f
    join hold h on h.shard = f.shard and h.account = f.account and h.id = f.merged_into
), owner as (
    select f.shard, f.account from followed f
    union
    select d.shard, d.account from decision d where d.token = $1
    union
    select n.shard, n.account from notification n where n.token = $1
)
select
    (select json_agg(json_build_object('account', d.account, 'id', d.id, 'outcome', d.outcome,
        'reason', d.reason, 'status', d.status, 'response_body', d.response_body, 'hold', d.hold,
        'request', d.summary::json,
        'why', d.reasons::json, 'rules', d.rules,
        'received', (extract(epoch from d.received_at) * 1000)::bigint,
        'decided', (extract(epoch from d.decided_at) * 1000)::bigint) order by d.received_at)
     from decision d where d.token = $1) as decisions,
    (select json_agg(json_build_object('account', n.account, 'state', n.state, 'type', n.type,
        'status', n.status, 'hold', n.hold, 'attempts', n.attempts, 'error', n.error,
        'topic', n.topic, 'event', n.event, 'family', n.family, 'message', n.message,
        'received', (extract(epoch from n.received_at) * 1000)::bigint,
        'finished', (extract(epoch from n.finished_at) * 1000)::bigint) order by n.received_at)
     from notification n where n.token = $1) as notifications,
    (select json_agg(json_build_object('account', h.account, 'id', h.id, 'policy', h.policy,
        'facts', h.facts, 'standing', h.standing,
        'opened', (extract(epoch from h.opened_at) * 1000)::bigint) order by h.id)
     from followed f
     join hold h on h.shard = f.shard and h.account = f.account and h.id = f.id
     where f.merged_into is null) as holds,
    (select json_agg(json_build_object('account', j.account, 'id', j.event, 'topic', j.topic,
        'type', j.type, 'kind', case j.topic when 'jit.authorizations.v1' then 'authorized'
            else coalesce(j.payload::json ->> 'kind', j.type) end,
        'shard', j.shard, 'position', j.position, 'hold', j.hold,
        'entries', j.entries, 'published', p.position >= j.position,
        'at', (extract(epoch from j.at) * 1000)::bigint) order by j.shard, j.position)
     from journal j
     join published p on p.shard = j.shard
     where j.token = $1) as events,
    (select json_agg(json_build_object('kind', a.kind, 'severity', a.severity, 'type', a.type,
        'state', a.state, 'currency', a.currency, 'expected', a.expected::text,
        'booked', a.booked::text, 'detail', a.detail,
        'raised', (extract(epoch from a.raised_at) * 1000)::bigint,
        'acknowledged', (extract(epoch from a.acknowledged_at) * 1000)::bigint,
        'acknowledged_by', a.acknowledged_by, 'note', a.note) order by a.raised_at, a.id)
     from alert a where a.token = $1) as alerts,
    (select json_agg(json_build_object('token', n.token, 'state', n.state, 'type', n.type,
        'status', n.status, 'message', n.message,
        'received', (extract(epoch from n.received_at) * 1000)::bigint,
        'entries', (select coalesce(json_agg(line.entry order by j.position), '[]')
            from journal j
            cross join lateral jsonb_array_elements(j.entries) as line (entry)
            where j.token = n.token and j.account = n.account)) order by n.received_at)
     from owner o
     join notification n on n.shard = o.shard and n.account = o.account
     where n.type like '%chargeback%' or n.type like '%representment%' or n.type like 'dispute.%'
    ) as disputes
