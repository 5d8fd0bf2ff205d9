//! Counters of spending limits, recounted from the holds. A counter of a limit that is gone, or that counts
//! otherwise now, is passed over: the next change of its account drops it.

use super::range::AccountRange;
use super::{Difference, Verification, exact_sum};
use crate::{StoreError, json};
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::token::AccountToken;
use holdfast_ledger::usage::{VelocityCounter, VelocityCounters};
use sqlx::{Postgres, Transaction};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The stored velocity counters of a range of accounts, and the same counted again.
pub(super) struct Recount {
    controls: Arc<ControlSet>,
    accounts: BTreeMap<String, Counted>,
}

struct Counted {
    token: AccountToken,
    stored: VelocityCounters,
    again: VelocityCounters,
}

impl Recount {
    pub(super) async fn read_counters(
        tx: &mut Transaction<'static, Postgres>,
        range: &AccountRange,
        controls: Arc<ControlSet>,
    ) -> Result<Self, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as(include_str!("../../sql/verify_usage.sql"))
                .bind(range.after.0)
                .bind(&range.after.1)
                .bind(range.last.0)
                .bind(&range.last.1)
                .fetch_all(&mut **tx)
                .await?;
        let mut accounts = BTreeMap::new();
        for (account, counters) in rows {
            let token = AccountToken::parse(&account)
                .map_err(|error| json::unreadable_value("account token", &error))?;
            let mut stored: VelocityCounters = json::parse("counters", &counters)?;
            stored.keep_current(&controls);
            let again = stored.with_empty_windows();
            accounts.insert(
                account,
                Counted {
                    token,
                    stored,
                    again,
                },
            );
        }
        Ok(Self { controls, accounts })
    }

    /// Counts a hold.
    pub(super) fn recount_hold(&mut self, account: &str, hold: &Hold) -> Result<(), StoreError> {
        let Some(counted) = self.accounts.get_mut(account) else {
            return Ok(());
        };
        if counted.again.is_empty() {
            return Ok(());
        }
        let uses = exact_sum(hold.fold_uses())?;
        exact_sum(
            counted
                .again
                .add_uses(&uses, &self.controls, &counted.token),
        )
    }

    /// Tells what differs.
    pub(super) fn compare_counters(&self, found: &mut Verification) {
        for (account, counted) in &self.accounts {
            let pairs = counted.stored.iter().zip(counted.again.iter());
            for ((control, stored), (_, again)) in pairs {
                if stored.windows != again.windows {
                    found.add_difference(Difference {
                        what: "usage",
                        account: Some(account.clone()),
                        subject: Some(control.to_string()),
                        currency: None,
                        stored: counter_text(stored),
                        recomputed: counter_text(again),
                    });
                }
            }
        }
    }
}

/// The sums of a counter for people.
fn counter_text(counter: &VelocityCounter) -> String {
    let sums = counter.windows.iter().map(|(start, sum)| {
        let amount = sum.amount.value();
        format!("{amount} in {} since {}", sum.uses, start.text())
    });
    let sums: Vec<String> = sums.collect();
    if sums.is_empty() {
        "nothing".to_owned()
    } else {
        sums.join(", ")
    }
}
