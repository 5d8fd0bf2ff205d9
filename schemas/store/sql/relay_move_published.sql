-- Moves `published` on, never back, and only under the lease: a relay that was frozen and replaced moves
-- nothing. The lease's row is locked meanwhile, so that no other relay takes the slot in between.
with lease as materialized (
    select slot from relay_slot
    where slot = $1 and epoch = $2 and leased_until > clock_timestamp()
    for share
), moved as (
    update published p set position = m.position
    from unnest($3::int[], $4::bigint[]) as m (shard, position), lease
    where p.shard = m.shard and p.position < m.position
)
select exists (select from lease)
