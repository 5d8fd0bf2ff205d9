//! Accounts with money by SQL, and the journal rows that say so: the only place here that knows the
//! tables' columns.

use anyhow::Result;
use holdfast_ledger::shard::ShardCount;
use sqlx::PgPool;
use std::ops::Range;

/// Accounts in one statement.
const CHUNK: usize = 50_000;

/// What each account begins with: enough for the longest run on one hot account.
const OPENING: &str = "1000000000";

/// Opens these accounts.
pub(super) async fn accounts(
    database: &PgPool,
    shards: ShardCount,
    numbers: Range<u32>,
) -> Result<()> {
    let tokens: Vec<String> = numbers.map(|number| format!("load-{number:07}")).collect();
    for chunk in tokens.chunks(CHUNK) {
        let of = |token: &String| shards.of_key(token).0;
        sqlx::query(OPEN)
            .bind(chunk.iter().map(of).collect::<Vec<i32>>())
            .bind(chunk)
            .bind(OPENING)
            .execute(database)
            .await?;
    }
    for statement in [
        "vacuum analyze account",
        "vacuum analyze balance",
        "vacuum analyze journal",
    ] {
        sqlx::query(statement).execute(database).await?;
    }
    Ok(())
}

const OPEN: &str = r#"
with one as (select * from unnest($1::int[], $2::text[]) as a (shard, token)),
accounts as (
    insert into account (shard, token, state, kind) select shard, token, 'active', 'user' from one
),
balances as (
    insert into balance (shard, account, currency, posted, held, pending_credit)
    select shard, token, 'USD', $3::numeric, 0, 0 from one
),
numbered as (
    select shard, token, row_number() over (partition by shard order by token) as place from one
),
moved as (
    update shard_counter c set position = c.position + n.places
    from (select shard, count(*) as places from one group by shard) n
    where n.shard = c.shard
    returning c.shard, c.position - n.places as before
)
insert into journal (shard, position, account, event, topic, type, subject, payload, entries, at)
select n.shard, m.before + n.place, n.token, gen_random_uuid(), 'ledger.adjustments.v1',
    'holdfast.ledger.adjustment.v1', n.token, '{}',
    jsonb_build_array(
        jsonb_build_object('side', 'customer', 'layer', 'settled', 'currency', 'USD', 'amount', $3),
        jsonb_build_object('side', 'program_funding', 'layer', 'settled', 'currency', 'USD',
            'amount', '-' || $3)),
    now()
from numbered n join moved m on m.shard = n.shard
"#;
