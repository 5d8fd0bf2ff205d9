-- Marqeta's word about a card; an older one that comes late changes nothing.
update card
set marqeta_state = $2, marqeta_changed_at = to_timestamp($3::bigint / 1000.0)
where token = $1
    and (marqeta_changed_at is null or marqeta_changed_at <= to_timestamp($3::bigint / 1000.0))
