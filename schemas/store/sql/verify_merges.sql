-- The holds of a page that were merged into others; their journal lines count for those.
select h.account, h.id, h.merged_into from hold h
where (h.shard, h.account) > ($1, $2) and (h.shard, h.account) <= ($3, $4)
    and h.merged_into is not null
