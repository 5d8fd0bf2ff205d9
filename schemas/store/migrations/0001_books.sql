-- The books of Holdfast. Start reading here.
--
-- `shard` is murmur2 of the account's token, as Kafka's Java clients partition, and stands in every
-- primary key: the tables can be distributed by it. No foreign key and no unique constraint crosses
-- accounts. Texts that are compared have the "C" collation: byte order, the same on every machine.
-- Amounts are numeric with checks; NaN sorts above every number, so the upper bound refuses it.

-- One row: what this database is. `shards` never changes. `incarnation` tells a restored copy apart:
-- records in Kafka carry it.
create table program (
    one boolean primary key default true check (one),
    shards int not null check (shards between 1 and 1024),
    incarnation uuid not null,
    settings jsonb not null default '{}',
    settings_version bigint not null default 1,
    -- Grows with every change of a control, under the row's lock: revisions are in order of commit.
    controls_revision bigint not null default 0
);

-- The account's row is the lock: a decision or a booking takes it first, in (shard, token) order.
-- It is locked far more often than it is changed; room on the page keeps the lock's traces local.
create table account (
    shard int not null,
    token text collate "C" not null,
    state text not null check (state in ('active', 'suspended', 'closed', 'unregistered')),
    kind text not null check (kind in ('user', 'business')),
    -- Marqeta's state in force, folded from `account_transition` under this row's lock.
    marqeta_state text,
    created_at timestamptz not null default now(),
    primary key (shard, token)
) with (fillfactor = 80);

-- Rewritten by every approval: half of each page is left free, so that a new version finds room beside
-- the old one and no index is touched (HOT).
create table balance (
    shard int not null,
    account text collate "C" not null,
    currency text collate "C" not null check (length(currency) = 3),
    posted numeric not null check (posted > -1e24 and posted < 1e24),
    held numeric not null check (held >= 0 and held < 1e24),
    pending_credit numeric not null check (pending_credit >= 0 and pending_credit < 1e24),
    primary key (shard, account, currency)
) with (fillfactor = 50);

-- A card is registered by the first valid request that names it, or by an operator. A card's token is
-- looked up without its account, to refuse a card that belongs to another one; hence it comes first.
create table card (
    token text collate "C" not null,
    account text collate "C" not null,
    shard int not null,
    operator_state text not null default 'active'
        check (operator_state in ('active', 'suspended', 'closed')),
    created_at timestamptz not null default now(),
    primary key (token, account, shard)
);
-- An account's cards.
create index card_account on card (account, token);

-- Every card transition, first sight of (token, state). A card may have some before it has an account, so
-- they belong to the card alone.
create table card_transition (
    card text collate "C" not null,
    token text collate "C" not null,
    state text collate "C" not null,
    created_at timestamptz,
    received_at timestamptz not null,
    primary key (card, token, state)
);

-- One row a card that has transitions: the lock for adding one, and the state in force, folded from
-- all of them (`holdfast_ledger::transition`), which decisions read.
create table card_state (
    token text collate "C" primary key,
    marqeta_state text
);

-- Every transition of a user or business, first sight of (token, state). They may come before the account
-- exists, and never create it; its state is folded into `account.marqeta_state`.
create table account_transition (
    shard int not null,
    account text collate "C" not null,
    token text collate "C" not null,
    state text collate "C" not null,
    created_at timestamptz,
    received_at timestamptz not null,
    primary key (shard, account, token, state)
);

-- The facts of one purchase and what of them is booked. Facts live in the hold's own row: they are
-- always read and written together, under the account's lock, and a purchase has a handful of them.
-- Each fact also stands where it came from (decision, notification, journal), so this column can be
-- built again.
create table hold (
    shard int not null,
    account text collate "C" not null,
    id text collate "C" not null,
    policy jsonb not null,
    facts jsonb not null,
    standing jsonb not null,
    is_open boolean not null,
    opened_at timestamptz not null,
    expires_at timestamptz,
    merged_into text collate "C",
    -- A clearing without an authorization that is not matched to a purchase.
    is_unmatched boolean not null default false,
    -- When it last used something of a limit. Names of holds are in order of time, so holds are found by
    -- their own name; only those that used something long after they were opened need an index.
    used_at timestamptz,
    used_late boolean not null default false,
    primary key (shard, account, id)
) with (fillfactor = 70);

-- `holdfast hold unmatched`, and the purchase that comes after its clearing.
create index hold_unmatched on hold (shard, account, id) where is_unmatched;
create index hold_used_late on hold (shard, account, used_at) where used_late;

-- What the expiry worker looks for; closed holds have no deadline and are not in it.
create index hold_expires on hold (expires_at) where expires_at is not null;

-- The names under which a hold is found. The value comes first: a message without an account is
-- looked up by value alone, and tokens spread over the whole tree instead of filling its last page.
create table hold_key (
    value text collate "C" not null,
    kind text collate "C" not null check (kind in ('j', 't', 'o', 'd')),
    account text collate "C" not null,
    shard int not null,
    hold text collate "C" not null,
    primary key (value, kind, account, shard)
);

-- Every response that left the front for a request that could be read, byte for byte. `outcome` tells
-- real decisions from refusals for want of time. The token comes first, as in hold_key and card.
create table decision (
    token text collate "C" not null,
    account text collate "C" not null,
    shard int not null,
    id text collate "C" not null,
    content_hash bytea not null,
    outcome text not null check (outcome in ('approved', 'declined', 'out_of_time')),
    reason text,
    status smallint not null,
    response_body text not null,
    hold text collate "C",
    -- What was requested and why it was decided so, as short texts: nothing searches in them.
    summary text not null,
    reasons text not null,
    rules int not null,
    received_at timestamptz not null,
    decided_at timestamptz not null,
    primary key (token, account, shard)
);

-- What the look for unconfirmed approvals reads: the decisions of some days. They come in order of time, so the smallest
-- kind of index does.
create index decision_age on decision using brin (decided_at);

-- Every notification, first sight of (token, state): its raw text for audit, and `message`, what it says in our own
-- words (JSON with its version), which workers and pages read. `waiting` is what
-- Postgres still owes: the reconciler applies what Kafka lost.
create table notification (
    token text collate "C" not null,
    state text collate "C" not null,
    account text collate "C" not null,
    shard int not null,
    family text not null,
    type text not null,
    topic text not null,
    status text not null check (status in ('waiting', 'applied', 'parked')),
    content_hash bytea not null,
    raw text not null,
    message text not null,
    event uuid not null,
    hold text collate "C",
    attempts int not null default 0,
    error text,
    received_at timestamptz not null,
    finished_at timestamptz,
    primary key (token, state, account, shard)
);
create index notification_waiting on notification (received_at) where status = 'waiting';
create index notification_account on notification (account, received_at);
-- The list of a time; notifications come in order of time.
create index notification_age on notification using brin (received_at);
-- The disputes of an account, which are few: the page of a purchase shows those that are about it.
create index notification_dispute on notification (account, shard)
    where type like '%chargeback%' or type like '%representment%' or type like 'dispute.%';

-- The same token and state again with another content: kept, applied to nothing.
create table notification_variant (
    token text collate "C" not null,
    state text collate "C" not null,
    account text collate "C" not null,
    shard int not null,
    content_hash bytea not null,
    raw text not null,
    received_at timestamptz not null default now(),
    primary key (token, state, account, shard, content_hash)
);

-- What a program has defined: limits, where may be spent, groups, rules.
-- `revision` is the program's count of changes when it was changed last. Deleting is soft: the row
-- stays and says since when.
create table control (
    kind text not null,
    token text collate "C" not null,
    body jsonb not null,
    -- Fields that are shown as they were given; json and not jsonb, so that their text is kept.
    given json not null,
    revision bigint not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    deleted_at timestamptz,
    primary key (kind, token)
);

-- Every text that a control ever had, and who changed it.
create table control_history (
    kind text not null,
    token text collate "C" not null,
    revision bigint not null,
    body jsonb not null,
    given json not null,
    is_deleted boolean not null,
    actor text not null,
    at timestamptz not null,
    primary key (kind, token, revision)
);

-- What an account has used of the limits that it was asked for: a sum for each window of each limit.
-- Written with the holds, under the account's lock; half of each page is left free, as for balances.
create table usage (
    shard int not null,
    account text collate "C" not null,
    meters jsonb not null,
    primary key (shard, account)
) with (fillfactor = 50);

-- Money in or out by the program or an operator, once per reference within the account.
create table transfer (
    shard int not null,
    account text collate "C" not null,
    reference text collate "C" not null,
    content jsonb not null,
    event uuid not null,
    made_at timestamptz not null,
    primary key (shard, account, reference)
);

-- The journal is the outbox: one row per event, in order of commit within its shard, without a gap.
-- `entries` are the event's debit and credit lines: [{side, layer, currency, amount}].
create table journal (
    shard int not null,
    position bigint not null,
    account text collate "C" not null,
    event uuid not null,
    topic text not null,
    type text not null,
    subject text not null,
    payload text not null,
    entries jsonb not null default '[]',
    hold text collate "C",
    token text collate "C",
    at timestamptz not null,
    primary key (shard, position)
);
-- Statements of one account, newest first; and "what happened to this transaction?".
create index journal_account on journal (account, position);
create index journal_token on journal (token) where token is not null;

-- The debit and credit lines, one a row, for people and for `verify`.
create view entry as
    select j.shard, j.position, j.account, j.at, j.type, j.token, j.hold,
           line.side, line.layer, line.currency, line.amount
    from journal j
    cross join lateral jsonb_to_recordset(j.entries)
        as line (side text, layer text, currency text, amount numeric);

-- The last position of each shard. Taken in the last statement before COMMIT together with the journal
-- rows, so that positions are in commit order; a sequence would give numbers before commit.
create table shard_counter (
    shard int primary key,
    position bigint not null
) with (fillfactor = 10);

-- How far Kafka is known to have each shard; moved by the relay alone, away from the counters.
create table published (
    shard int primary key,
    position bigint not null
) with (fillfactor = 10);

-- Who publishes which shards. The epoch grows with every owner, and `published` moves only under it.
create table relay_slot (
    slot int primary key,
    owner text,
    epoch bigint not null default 0,
    leased_until timestamptz not null default '-infinity'
);

-- What could not be applied, with its reason; `holdfast dlq` lists and replays it.
create table dead_letter (
    id uuid primary key,
    shard int not null,
    key text collate "C" not null,
    topic text not null,
    partition int,
    record_offset bigint,
    token text collate "C",
    state text collate "C",
    error text not null,
    parked_at timestamptz not null,
    replayed_at timestamptz
);
-- The same record read twice is parked once.
create unique index dead_letter_record on dead_letter (topic, partition, record_offset, shard)
    where record_offset is not null;
create index dead_letter_open on dead_letter (parked_at) where replayed_at is null;

-- What needs review; `holdfast alerts` lists it. `type` and `state` are those of the message; `expected`
-- and `booked` are amounts in `currency`. Acknowledged by a named person with a note, once.
create table alert (
    id uuid primary key,
    kind text not null,
    severity text not null check (severity in ('info', 'warning', 'critical')),
    account text collate "C",
    token text collate "C",
    type text,
    state text,
    currency text collate "C",
    expected numeric,
    booked numeric,
    detail text not null,
    raised_at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by text,
    note text,
    check (num_nulls(acknowledged_at, acknowledged_by, note) in (0, 3))
);
create index alert_raised on alert (raised_at, id);
create index alert_open on alert (raised_at, id) where acknowledged_at is null;
create index alert_kind on alert (kind, raised_at, id);
create index alert_account on alert (account, raised_at, id);
create index alert_token on alert (token, raised_at, id);

-- Who changed what by a command: one row a change, written in the same transaction. `shard` is that of the
-- account, or of the object's name where the change is about no account. Ids are UUIDs of version 7: they
-- are in order of time. `before` and `after` have only what changed, and no secret.
create table audit (
    id uuid not null,
    shard int not null,
    account text collate "C",
    operator text collate "C" not null,
    role text not null,
    address text,
    action text not null,
    object text not null,
    name text collate "C" not null,
    before jsonb,
    after jsonb,
    reason text,
    at timestamptz not null,
    primary key (id, shard)
);
create index audit_account on audit (account, id) where account is not null;
create index audit_operator on audit (operator, id);

-- Append-only by trigger and by privilege: not even the owner may rewrite the journal or the audit by accident.
create function refuse_to_rewrite() returns trigger language plpgsql as $$
begin
    raise exception 'the % is append-only: % refused', tg_table_name, tg_op;
end
$$;
create trigger journal_is_append_only before update or delete or truncate on journal
    for each statement execute function refuse_to_rewrite();
revoke update, delete, truncate on journal from current_user;
create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function refuse_to_rewrite();
revoke update, delete, truncate on audit from current_user;
