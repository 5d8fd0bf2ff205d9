-- Everything that is defined, or what is of one kind.
select body::text, given::text, revision, created_at, changed_at
from control
where deleted_at is null and ($1::text is null or kind = $1)
order by kind, token
