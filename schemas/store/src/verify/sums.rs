//! What the journal says of a page of accounts.

use super::exact;
use crate::{StoreError, json};
use holdfast_ledger::book::Balance;
use holdfast_ledger::money::Currency;
use sqlx::{Postgres, Transaction};
use std::collections::BTreeMap;

/// Sums of the customers' lines.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// By account and currency.
    pub(super) balances: BTreeMap<(String, Currency), Balance>,
    /// By account and hold, then by currency.
    pub(super) holds: BTreeMap<(String, String), BTreeMap<Currency, Balance>>,
}

type SumRow = (String, Option<String>, String, String, String, String);

impl Sums {
    pub(super) async fn read(
        tx: &mut Transaction<'static, Postgres>,
        accounts: &[String],
    ) -> Result<Self, StoreError> {
        let rows: Vec<SumRow> = sqlx::query_as(include_str!("../../sql/verify_sums.sql"))
            .bind(accounts)
            .fetch_all(&mut **tx)
            .await?;
        let mut sums = Self::default();
        for (account, hold, currency, posted, held, pending_credit) in rows {
            let currency = json::currency(&currency)?;
            let sum = balance(&posted, &held, &pending_credit)?;
            let of_account = sums
                .balances
                .entry((account.clone(), currency))
                .or_default();
            *of_account = added(*of_account, sum)?;
            if let Some(hold) = hold {
                sums.holds
                    .entry((account, hold))
                    .or_default()
                    .insert(currency, sum);
            }
        }
        Ok(sums)
    }

    /// Counts a merged hold's lines for the hold that took it over.
    pub(super) fn redirect(
        &mut self,
        merged: &BTreeMap<(String, String), String>,
    ) -> Result<(), StoreError> {
        for ((account, id), next) in merged {
            let Some(lines) = self.holds.remove(&(account.clone(), id.clone())) else {
                continue;
            };
            let mut target = next;
            // Merges form no circle; should they all the same, this ends.
            for _ in 0..merged.len() {
                match merged.get(&(account.clone(), target.clone())) {
                    Some(next) => target = next,
                    None => break,
                }
            }
            let sums = self
                .holds
                .entry((account.clone(), target.clone()))
                .or_default();
            for (currency, line) in lines {
                let sum = sums.entry(currency).or_default();
                *sum = added(*sum, line)?;
            }
        }
        Ok(())
    }
}

/// Reads a balance from three texts.
pub(super) fn balance(
    posted: &str,
    held: &str,
    pending_credit: &str,
) -> Result<Balance, StoreError> {
    Ok(Balance {
        posted: json::signed(posted)?,
        held: json::signed(held)?,
        pending_credit: json::signed(pending_credit)?,
    })
}

fn added(a: Balance, b: Balance) -> Result<Balance, StoreError> {
    Ok(Balance {
        posted: exact(a.posted.plus(b.posted))?,
        held: exact(a.held.plus(b.held))?,
        pending_credit: exact(a.pending_credit.plus(b.pending_credit))?,
    })
}
