-- What a program has defined: limits, where may be spent, groups, rules.
-- `revision` is the program's count of changes when it was changed last. Deleting is soft: the row
-- stays and says since when.
create table control (
    kind text not null,
    token text collate "C" not null,
    body jsonb not null,
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
    is_deleted boolean not null,
    actor text not null,
    at timestamptz not null,
    primary key (kind, token, revision)
);

-- Grows with every change of a control, under the row's lock: revisions are in order of commit.
alter table program add column controls_revision bigint not null default 0;

-- What an account has used of the limits that it was asked for: a sum for each window of each limit.
-- Written with the holds, under the account's lock; half of each page is left free, as for balances.
create table usage (
    shard int not null,
    account text collate "C" not null,
    meters jsonb not null,
    primary key (shard, account)
) with (fillfactor = 50);

-- When a hold last used something of a limit. Names of holds are in order of time, so holds are found by
-- their own name; only those that used something long after they were opened need an index.
alter table hold add column used_at timestamptz;
alter table hold add column used_late boolean not null default false;
create index hold_used_late on hold (shard, account, used_at) where used_late;

-- Marqeta's word on cards that nobody has used yet: no account is known to write it to.
create table card_transition (
    token text collate "C" primary key,
    state text not null,
    changed_at timestamptz
);
