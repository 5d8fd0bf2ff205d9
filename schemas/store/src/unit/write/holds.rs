//! Holds as columns.

use super::Statement;
use super::owner::Owner;
use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::token::HoldId;
use sqlx::postgres::PgBindIterExt;

struct WrittenHold<'a> {
    of: Owner<'a>,
    hold: &'a Hold,
    facts: String,
    standing: String,
}

/// Holds that are all new, or all there.
#[derive(Default)]
pub(super) struct HoldColumns<'a>(Vec<WrittenHold<'a>>);

impl WrittenHold<'_> {
    /// Did it use something of a limit more than a day after it was opened?
    fn is_used_late(&self) -> bool {
        let used = self.hold.used_at();
        used.is_some_and(|at| at > self.hold.opened.plus_days(1))
    }
}

impl<'a> HoldColumns<'a> {
    pub(super) fn push_hold(&mut self, of: Owner<'a>, hold: &'a Hold) -> Result<(), StoreError> {
        self.0.push(WrittenHold {
            of,
            hold,
            facts: json::write("facts", &hold.facts)?,
            standing: json::write("standing", &hold.standing)?,
        });
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what may change about a hold, by its name, to a statement's parameters.
    fn bind_changes(&self, statement: Statement) -> Statement {
        let rows = || self.0.iter();
        let holds = || rows().map(|row| row.hold);
        let merged = holds().map(|hold| hold.merged_into.as_ref().map(HoldId::as_str));
        let expires = holds().map(|hold| hold.standing.expires.map(json::time));
        let unmatched = holds().map(|hold| hold.unmatched_clearing().is_some());
        statement
            .bind(rows().map(|row| row.of.shard).bind_iter())
            .bind(rows().map(|row| row.of.account).bind_iter())
            .bind(holds().map(|hold| hold.id.as_str()).bind_iter())
            .bind(rows().map(|row| row.facts.as_str()).bind_iter())
            .bind(rows().map(|row| row.standing.as_str()).bind_iter())
            .bind(holds().map(|hold| hold.standing.is_open()).bind_iter())
            .bind(expires.bind_iter())
            .bind(merged.bind_iter())
            .bind(unmatched.bind_iter())
            .bind(
                holds()
                    .map(|hold| hold.used_at().map(json::time))
                    .bind_iter(),
            )
            .bind(rows().map(WrittenHold::is_used_late).bind_iter())
    }

    /// The same, and what never changes about a hold.
    pub(super) fn bind_new(&self, statement: Statement) -> Result<Statement, StoreError> {
        let policies = self
            .0
            .iter()
            .map(|row| json::write("policy", &row.hold.policy));
        let policies = policies.collect::<Result<Vec<String>, StoreError>>()?;
        let opened = self.0.iter().map(|row| json::time(row.hold.opened));
        Ok(self
            .bind_changes(statement)
            .bind(policies.iter().map(String::as_str).bind_iter())
            .bind(opened.bind_iter()))
    }
}

impl Unit {
    /// Writes the new standing of holds that are there. Purchases have none, so it is a statement of its own.
    pub(super) async fn change_holds(&mut self, holds: &HoldColumns<'_>) -> Result<(), StoreError> {
        if holds.is_empty() {
            return Ok(());
        }
        let statement = sqlx::query(include_str!("../../../sql/change_holds.sql"));
        let statement = holds.bind_changes(statement);
        statement.execute(&mut *self.tx).await?;
        Ok(())
    }
}
