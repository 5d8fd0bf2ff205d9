-- Deletes a definition softly; nothing is counted when there is none.
with known as (
    select kind, token, body, given from control
    where kind = $1 and token = $2 and deleted_at is null
), counted as (
    update program set controls_revision = controls_revision + 1
    where exists (select 1 from known)
    returning controls_revision
), revised as (
    insert into control_history (kind, token, revision, body, given, is_deleted, actor, at)
    select k.kind, k.token, controls_revision, k.body, k.given, true, $3, to_timestamp($4::bigint / 1000.0)
    from known k, counted
)
update control c
set deleted_at = to_timestamp($4::bigint / 1000.0), revision = controls_revision,
    changed_at = to_timestamp($4::bigint / 1000.0)
from counted
where c.kind = $1 and c.token = $2 and c.deleted_at is null
returning c.revision
