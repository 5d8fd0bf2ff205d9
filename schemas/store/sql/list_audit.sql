-- The audit by account $1, operator $2, action $3, object's kind $4, made at or after $5, before the row named
-- $6; newest first. Absent filters are null. The statement is planned for the values at hand.
select id, account, operator, role, address, action, object, name, before::text, after::text, reason, at
from audit
where ($1::text is null or account = $1)
    and ($2::text is null or operator = $2)
    and ($3::text is null or action = $3)
    and ($4::text is null or object = $4)
    and ($5::timestamptz is null or at >= $5)
    and ($6::uuid is null or id < $6)
order by id desc
limit $7
