-- Everything that a unit needs to know, in one snapshot taken after the locks (a lock wait does not
-- refresh the snapshot of its own statement). $1, $2: accounts; $3 to $6: keys as (shard, account, kind,
-- value); $7: transaction tokens, looked up under every account; $8: cards, likewise. What every purchase
-- has comes as columns, one array each; what few have comes as JSON. Holds that the keys lead to are read
-- by `read_holds`, if there are any.
select accounts.*, keys.*, cards.*,
    (select json_agg(json_build_object('token', d.token, 'account', d.account,
        'content_hash', encode(d.content_hash, 'hex'), 'outcome', d.outcome, 'status', d.status,
        'response_body', d.response_body))
     from decision d where d.token = any ($7::text[])) as decisions,
    (select json_agg(json_build_object('token', n.token, 'state', n.state, 'account', n.account,
        'status', n.status, 'message', n.message))
     from notification n where n.token = any ($7::text[])) as notifications
from
    -- One element a balance, or one for an account without any. Counters are those of spending limits:
    -- without any an account that has no hold has used nothing.
    (select array_agg(w.account) as account, array_agg(b.currency) as currency,
        array_agg(b.posted) as posted, array_agg(b.held) as held,
        array_agg(b.pending_credit) as pending, array_agg(u.meters::text) as counters,
        array_agg(u.account is null and not exists (
            select 1 from hold h where h.shard = w.shard and h.account = w.account)) as fresh
     from unnest($1::int[], $2::text[]) as w (shard, account)
     left join balance b on b.shard = w.shard and b.account = w.account
     left join usage u on u.shard = w.shard and u.account = w.account) accounts
cross join
    (select array_agg(k.account) as key_account, array_agg(k.kind) as key_kind,
        array_agg(k.value) as key_value, array_agg(k.hold) as key_hold
     from unnest($3::int[], $4::text[], $5::text[], $6::text[]) as w (shard, account, kind, value)
     join hold_key k
        on k.value = w.value and k.kind = w.kind and k.account = w.account and k.shard = w.shard) keys
cross join
    -- Also cards that only transitions know: those have no account.
    (select array_agg(w.token) as card_token, array_agg(c.account) as card_account,
        array_agg(c.operator_state) as card_operator, array_agg(s.marqeta_state) as card_marqeta
     from unnest($8::text[]) as w (token)
     left join card c on c.token = w.token
     left join card_state s on s.token = w.token
     where c.token is not null or s.token is not null) cards
