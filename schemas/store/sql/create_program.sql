-- Says what this database is, once.
insert into program (shards, incarnation) values ($1, $2) on conflict do nothing
