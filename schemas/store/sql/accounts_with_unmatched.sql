-- Which of these accounts have clearings that are not matched to a purchase.
select distinct h.account
from unnest($1::int[], $2::text[]) as w (shard, account)
join hold h on h.shard = w.shard and h.account = w.account and h.is_unmatched
