-- Creates an account, unless it is there already; the second of two waits for the first.
insert into account (shard, token, state, kind) values ($1, $2, $3, $4) on conflict do nothing
