//! Filling meters of spending limits: what an account has used since the window of a new limit began is
//! counted from its holds, once, under its lock. From then on the meter follows every change of a hold.

use super::{Known, Unit};
use crate::hold::HoldJson;
use crate::json::JsonColumn;
use crate::{StoreError, json};
use holdfast_ledger::book::Account;
use holdfast_ledger::control::{Period, Velocity};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::Overflow;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, ControlToken};
use holdfast_ledger::usage::{Meter, Sum, Use};
use std::collections::BTreeMap;

/// Limits whose meters are missing, with the moment from which on uses must be counted.
type Missing = BTreeMap<ControlToken, Moment>;

impl Unit {
    /// Makes sure that every limit which such a use concerns has its meter. Accounts must be locked and
    /// read. Nothing is sent when all meters are there, and for accounts that have no hold yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn meter(
        &mut self,
        known: &mut Known,
        uses: &[(&AccountToken, &Use)],
    ) -> Result<(), StoreError> {
        let mut missing: BTreeMap<AccountToken, Missing> = BTreeMap::new();
        for (token, made) in uses {
            if let Some(account) = known.accounts.get(*token) {
                look(account, made, &mut missing);
            }
        }
        let since: Vec<(&AccountToken, Moment)> = missing
            .iter()
            .filter(|(token, _)| known.accounts.get(*token).is_some_and(|it| !it.is_fresh))
            .filter_map(|(token, limits)| Some((token, *limits.values().min()?)))
            .collect();
        let mut holds = self.used_holds(&since).await?;
        for (token, limits) in &missing {
            if let Some(account) = known.accounts.get_mut(token) {
                fill(account, limits, &holds.remove(token).unwrap_or_default())?;
            }
        }
        Ok(())
    }

    /// What an account, as it was read, has used of a stretch of a limit's window. Counted from its holds
    /// where no meter says it; nothing is changed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn usage(
        &mut self,
        account: &Account,
        velocity: &Velocity,
        period: &Period,
    ) -> Result<Sum, StoreError> {
        if let Some(meter) = account.meters.get(velocity, period) {
            return Ok(meter.sum(period));
        }
        let holds = self.used_holds(&[(&account.token, period.start)]).await?;
        let mut uses = Vec::new();
        for hold in holds.values().flatten() {
            uses.extend(hold.uses().map_err(inexact)?);
        }
        let (zone, since) = (&account.controls.zone, Some(period.start));
        let meter = Meter::fill(velocity, &account.token, zone, since, uses.iter());
        Ok(meter.map_err(inexact)?.sum(period))
    }

    /// The holds that may have used something since a moment, by account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn used_holds(
        &mut self,
        since: &[(&AccountToken, Moment)],
    ) -> Result<BTreeMap<AccountToken, Vec<Hold>>, StoreError> {
        let mut found: BTreeMap<AccountToken, Vec<Hold>> = BTreeMap::new();
        if since.is_empty() {
            return Ok(found);
        }
        let shards: Vec<i32> = since.iter().map(|(of, _)| self.shards.of(of).0).collect();
        let accounts: Vec<&str> = since.iter().map(|(of, _)| of.as_str()).collect();
        let moments: Vec<i64> = since.iter().map(|(_, at)| at.0).collect();
        let names: Vec<String> = since.iter().map(|(_, at)| name_before(*at)).collect();
        let rows: JsonColumn = sqlx::query_scalar(include_str!("../../sql/used_holds.sql"))
            .bind(shards)
            .bind(accounts)
            .bind(moments)
            .bind(names)
            .fetch_one(&mut *self.tx)
            .await?;
        let rows: Vec<HoldJson> = json::read_column("hold", &rows)?;
        for (account, hold) in rows.into_iter().map(HoldJson::into_hold) {
            found.entry(account).or_default().push(hold);
        }
        Ok(found)
    }
}

/// A name that sorts before those of all holds opened less than a day before the moment: names begin with
/// their time (UUID version 7), and clocks may differ by a day.
fn name_before(moment: Moment) -> String {
    format!("h-{:012x}", moment.minus_days(1).0.max(0))
}

fn inexact(error: Overflow) -> StoreError {
    json::unreadable("usage", &error)
}

fn look(account: &Account, made: &Use, missing: &mut BTreeMap<AccountToken, Missing>) {
    let controls = &account.controls;
    for velocity in controls.velocity_for(made.whom(&account.token)) {
        let declined = !velocity.control.approvals_only;
        let Some(period) = made.period(velocity, &controls.zone) else {
            continue;
        };
        let is_concerned = made
            .counted_as(declined, velocity, &account.token)
            .is_some();
        if is_concerned && account.meters.get(velocity, &period).is_none() {
            let limits = missing.entry(account.token.clone()).or_default();
            let since = limits
                .entry(velocity.control.token.clone())
                .or_insert(period.start);
            *since = period.start.min(*since);
        }
    }
}

fn fill(account: &mut Account, limits: &Missing, holds: &[Hold]) -> Result<(), StoreError> {
    let mut uses = Vec::new();
    for hold in holds {
        uses.extend(hold.uses().map_err(inexact)?);
    }
    let controls = account.controls.clone();
    let mut meters = account.meters.clone();
    let known = |token| -> Option<&Velocity> { controls.velocity(token) };
    for (token, since) in limits {
        let since = (!account.is_fresh).then_some(*since);
        if let Some(velocity) = known(token) {
            meters
                .fill(velocity, &account.token, &controls, since, uses.iter())
                .map_err(inexact)?;
        }
    }
    account.refill(meters);
    Ok(())
}
