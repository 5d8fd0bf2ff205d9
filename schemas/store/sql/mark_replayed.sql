-- A dead letter was replayed.
update dead_letter set replayed_at = to_timestamp($2::bigint / 1000.0) where id = $1
