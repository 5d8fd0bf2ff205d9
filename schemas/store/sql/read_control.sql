-- One definition.
select body::text, given::text, revision, created_at, changed_at
from control
where kind = $1 and token = $2 and deleted_at is null
