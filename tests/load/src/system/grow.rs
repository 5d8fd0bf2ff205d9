//! Purchases for many accounts by SQL: copies of one that the front made, with other names. Which
//! columns a table has does not matter: rows are copied as JSON.

use super::System;
use crate::http1::Line;
use crate::template::Purchase;
use anyhow::Result;
use std::ops::Range;

/// Accounts in one statement.
const CHUNK: u32 = 10_000;
/// Tables with one row or several for each account, beside the journal.
const TABLES: [&str; 6] = ["card", "hold", "hold_key", "decision", "usage", "balance"];
/// Names of a purchase: its tokens, its hold and its decision.
const NAMES: &str = "select distinct name from (
    select value as name from hold_key where account = $1
    union all select id from hold where account = $1
    union all select id from decision where account = $1
    union all select event::text from journal where account = $1 and hold is not null
) one where length(name) > 20";

impl System {
    /// Gives each of these accounts, which have no purchase yet, a copy of one purchase.
    pub(crate) async fn grow(&self, accounts: Range<u32>) -> Result<()> {
        let pattern = accounts.start;
        self.buy(pattern).await?;
        let account = format!("load-{pattern:07}");
        let names: Vec<String> = sqlx::query_scalar(NAMES)
            .bind(&account)
            .fetch_all(&self.database)
            .await?;
        let mut start = pattern + 1;
        while start < accounts.end {
            let end = accounts.end.min(start + CHUNK);
            self.copy(&account, &names, start..end).await?;
            start = end;
        }
        sqlx::raw_sql("analyze").execute(&self.database).await?;
        Ok(())
    }

    /// The purchase that is copied.
    async fn buy(&self, account: u32) -> Result<()> {
        let mut line: Line = self.client.connect().await?;
        let mut template = self.messages().purchase()?;
        let response = line
            .ask(template.fill(&[Purchase::new(account, 0)]))
            .await?;
        anyhow::ensure!(response.status == 200, "the pattern was not approved");
        Ok(())
    }

    async fn copy(&self, pattern: &str, names: &[String], numbers: Range<u32>) -> Result<()> {
        let tokens: Vec<String> = numbers.map(|number| format!("load-{number:07}")).collect();
        let shard = |token: &String| self.store.shards().of_key(token).0;
        let shards: Vec<i32> = tokens.iter().map(shard).collect();
        let mut transaction = self.database.begin().await?;
        sqlx::query("delete from balance where account = any($1)")
            .bind(&tokens)
            .execute(&mut *transaction)
            .await?;
        let tables = TABLES.map(|table| copying(table, names.len()));
        for statement in tables.into_iter().chain([journaling(names.len())]) {
            sqlx::query(sqlx::AssertSqlSafe(statement))
                .bind(&shards)
                .bind(&tokens)
                .bind(pattern)
                .bind(names)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// Copies the pattern's rows of a table: `$1` shards and `$2` accounts of the copies, `$3` the pattern,
/// `$4` its names, of which each copy gets others of the same shape.
fn copying(table: &str, names: usize) -> String {
    let renamed = renamed(names);
    format!(
        "insert into {table} select made.*
        from unnest($1::int[], $2::text[]) as one (shard, token)
        cross join (select to_jsonb(t)::text as text from {table} t where account = $3) as row
        cross join lateral jsonb_populate_record(null::{table},
            {renamed}::jsonb || jsonb_build_object('shard', one.shard)) as made"
    )
}

/// The same of the journal, where each copy also takes the next position of its shard.
fn journaling(names: usize) -> String {
    let renamed = renamed(names);
    format!(
        "with one as (
            select shard, token, row_number() over (partition by shard order by token) as place
            from unnest($1::int[], $2::text[]) as one (shard, token)
        ),
        moved as (
            update shard_counter c set position = c.position + n.places
            from (select shard, count(*) as places from one group by shard) n
            where n.shard = c.shard
            returning c.shard, c.position - n.places as before
        )
        insert into journal select made.*
        from one join moved on moved.shard = one.shard
        cross join (select to_jsonb(j)::text as text from journal j
            where account = $3 and hold is not null) as row
        cross join lateral jsonb_populate_record(null::journal, {renamed}::jsonb
            || jsonb_build_object('shard', one.shard, 'position', before + place)) as made"
    )
}

/// The text of a row with the copy's names: each gets its last twelve characters from a hash.
fn renamed(names: usize) -> String {
    let others = "replace(replace(row.text, $3, one.token),
        'load-card-' || right($3, 7), 'load-card-' || right(one.token, 7))";
    (1..=names).fold(others.to_owned(), |text, name| {
        format!(
            "replace({text}, ($4::text[])[{name}], left(($4::text[])[{name}], -12)
                || left(md5(($4::text[])[{name}] || one.token), 12))"
        )
    })
}
