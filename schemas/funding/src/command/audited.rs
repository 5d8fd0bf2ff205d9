//! The only unit of work in which a command changes anything. It commits with the record of the change or not at
//! all, so a command without an audit does not compile.

use super::Actor;
use crate::program_change::ChangedObject;
use crate::view::HoldView;
use holdfast_events::ChangedBy;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::audit::{AuditAction, AuditObject, NewAudit};
use holdfast_store::journal::Event;
use holdfast_store::unit::Unit;
use holdfast_store::{Store, StoreError};
use serde_json::{Value, json};
use std::ops::{Deref, DerefMut};

/// A unit that can only be committed by [`CommandUnit::commit_change`]; dropped, it changes nothing.
#[derive(Debug)]
pub(crate) struct CommandUnit(Unit);

/// What an operator changed.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) action: AuditAction,
    /// What was changed, and its name.
    pub(crate) object: (AuditObject, String),
    /// The account concerned.
    pub(crate) account: Option<&'a AccountToken>,
    /// What changes, before and after it; no secret, no raw message.
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
    /// Why; without one, the actor's.
    pub(crate) reason: Option<&'a str>,
    pub(crate) at: Moment,
}

impl CommandUnit {
    /// Begins a command's unit.
    pub(crate) async fn begin(store: &Store) -> Result<Self, StoreError> {
        Ok(Self(store.begin().await?))
    }

    /// Records the change, appends its events and commits.
    pub(crate) async fn commit_change(
        mut self,
        change: Change<'_>,
        events: &[Event],
    ) -> Result<(), StoreError> {
        self.0.write_audit(&change.audit_row()).await?;
        let mut events = events.to_vec();
        events.extend(change.program_event());
        self.0.append_events(&events).await?;
        self.0.commit().await
    }
}

impl Deref for CommandUnit {
    type Target = Unit;

    fn deref(&self) -> &Unit {
        &self.0
    }
}

impl DerefMut for CommandUnit {
    fn deref_mut(&mut self) -> &mut Unit {
        &mut self.0
    }
}

impl Change<'_> {
    /// The event for those who join with what the program has defined.
    fn program_event(&self) -> Option<Event> {
        let by = ChangedBy {
            operator: self.actor.name.clone(),
            role: self.actor.role.to_owned(),
        };
        let changed = ChangedObject {
            object: self.object.0,
            name: &self.object.1,
            account: self.account,
            action: self.action,
            by: Some(by),
            reason: self.why(),
            state: self.after.as_ref(),
            at: self.at,
        };
        changed.event()
    }

    fn why(&self) -> Option<&str> {
        self.reason.or(self.actor.reason.as_deref())
    }

    fn audit_row(&self) -> NewAudit {
        let reason = self.why();
        NewAudit {
            account: self.account.cloned(),
            operator: self.actor.name.clone(),
            role: self.actor.role.to_owned(),
            address: self.actor.address.clone(),
            action: self.action,
            object: self.object.0,
            name: self.object.1.clone(),
            before: self.before.as_ref().map(Value::to_string),
            after: self.after.as_ref().map(Value::to_string),
            reason: reason.map(str::to_owned),
            at: self.at,
        }
    }
}

/// The amounts of a hold, for the audit.
pub(crate) fn describe_hold(hold: &Hold) -> Value {
    let Some(view) = HoldView::of(hold) else {
        return Value::Null;
    };
    json!({"state": view.state, "currency": view.currency, "authorized": view.authorized,
        "released": view.released, "cleared": view.cleared, "held": view.held})
}
