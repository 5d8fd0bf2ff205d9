//! Holds, as operators look at them.

mod row;

pub(crate) use row::{HoldJson, HoldRow};

use crate::{Store, StoreError};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::token::{AccountToken, HoldId};

/// Which holds are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HoldFilter {
    /// Those with something held, or those without; all unless said.
    pub is_open: Option<bool>,
    /// Those older than this one.
    pub before: Option<HoldId>,
    /// At most so many.
    pub limit: u32,
}

impl Store {
    /// Holds of an account, newest first, without those that were merged into another one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn holds(
        &self,
        account: &AccountToken,
        filter: &HoldFilter,
    ) -> Result<Vec<Hold>, StoreError> {
        let rows: Vec<HoldRow> = sqlx::query_as(include_str!("../sql/list_holds.sql"))
            .bind(self.shard(account).0)
            .bind(account.as_str())
            .bind(filter.is_open)
            .bind(filter.before.as_ref().map(|id| id.as_str()))
            .bind(i64::from(filter.limit))
            .fetch_all(self.pool())
            .await?;
        HoldRow::read_holds(&rows)
    }

    /// Force captures that nobody has found a purchase for, newest first: of one account or of all, those
    /// before the one named.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unmatched(
        &self,
        account: Option<&AccountToken>,
        before: Option<&HoldId>,
        limit: u32,
    ) -> Result<Vec<(AccountToken, Hold)>, StoreError> {
        let all = || (0..self.shards().get()).collect();
        let shards: Vec<i32> = account.map_or_else(all, |account| vec![self.shard(account).0]);
        let rows: Vec<HoldRow> = sqlx::query_as(include_str!("../sql/unmatched_holds.sql"))
            .bind(shards)
            .bind(account.map(AccountToken::as_str))
            .bind(before.map(HoldId::as_str))
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter().map(HoldRow::read).collect()
    }

    /// A hold and its account, if there is one of this name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hold(&self, id: &HoldId) -> Result<Option<(AccountToken, Hold)>, StoreError> {
        let shards: Vec<i32> = (0..self.shards().get()).collect();
        let row: Option<HoldRow> = sqlx::query_as(include_str!("../sql/find_hold.sql"))
            .bind(shards)
            .bind(id.as_str())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(HoldRow::read).transpose()
    }
}
