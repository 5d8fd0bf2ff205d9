-- Puts a definition, with its text in the history. The program's row is locked by the count: changes of
-- controls come one after another.
with counted as (
    update program set controls_revision = controls_revision + 1 returning controls_revision
), known as (
    select deleted_at is null as is_alive from control where kind = $1 and token = $2
), revised as (
    insert into control_history (kind, token, revision, body, given, is_deleted, actor, at)
    select $1, $2, controls_revision, $3::jsonb, $6::json, false, $4,
        to_timestamp($5::bigint / 1000.0)
    from counted
)
insert into control as c (kind, token, body, given, revision, created_at, changed_at)
select $1, $2, $3::jsonb, $6::json, controls_revision, to_timestamp($5::bigint / 1000.0),
    to_timestamp($5::bigint / 1000.0)
from counted
on conflict (kind, token) do update
    set body = excluded.body, given = excluded.given, revision = excluded.revision,
        changed_at = excluded.changed_at,
        created_at = case when c.deleted_at is null then c.created_at else excluded.created_at end,
        deleted_at = null
returning revision, not coalesce((select is_alive from known), false)
