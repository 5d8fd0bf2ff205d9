//! Reading what clearings without an authorization are matched with, into accounts that are locked.

use super::Unit;
use crate::hold::HoldRow;
use crate::{StoreError, json};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use std::collections::BTreeSet;

/// A purchase of a busy account that lies more than so many others back is found by hand.
const HOLDS_MAX: i64 = 500;

impl Unit {
    /// The account's holds that were opened since, newest first, without those merged into others.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recent_holds(
        &mut self,
        account: &AccountToken,
        since: Moment,
    ) -> Result<Vec<Hold>, StoreError> {
        // Names of holds are UUIDs of version 7: they begin with the time.
        let millis = u128::try_from(since.0).unwrap_or(0);
        let first = HoldId::numbered("h-", millis << 80);
        let rows: Vec<HoldRow> = sqlx::query_as(include_str!("../../sql/recent_holds.sql"))
            .bind(self.shards.of(account).0)
            .bind(account.as_str())
            .bind(first.as_str())
            .bind(HOLDS_MAX)
            .fetch_all(&mut *self.tx)
            .await?;
        HoldRow::read_holds(&rows)
    }

    /// Those of the accounts that have clearings without a purchase.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn accounts_with_unmatched(
        &mut self,
        accounts: &BTreeSet<AccountToken>,
    ) -> Result<BTreeSet<AccountToken>, StoreError> {
        if accounts.is_empty() {
            return Ok(BTreeSet::new());
        }
        let (shards, tokens) = self.columns(accounts);
        let found: Vec<String> =
            sqlx::query_scalar(include_str!("../../sql/accounts_with_unmatched.sql"))
                .bind(shards)
                .bind(tokens)
                .fetch_all(&mut *self.tx)
                .await?;
        found
            .iter()
            .map(|token| json::account_token(token))
            .collect()
    }

    /// The account's holds of clearings that have no purchase yet, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn unmatched_holds(
        &mut self,
        account: &AccountToken,
    ) -> Result<Vec<Hold>, StoreError> {
        let rows: Vec<HoldRow> = sqlx::query_as(include_str!("../../sql/unmatched_holds.sql"))
            .bind(vec![self.shards.of(account).0])
            .bind(account.as_str())
            .bind(None::<&str>)
            .bind(HOLDS_MAX)
            .fetch_all(&mut *self.tx)
            .await?;
        HoldRow::read_holds(&rows)
    }
}
