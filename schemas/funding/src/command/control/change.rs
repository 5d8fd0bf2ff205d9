//! One change of a definition, with its record. What is put again unchanged is not written again.

use super::ControlError;
use crate::command::Actor;
use crate::command::audited::{Change, CommandUnit};
use holdfast_events::control::{GivenFields, Kind, print};
use holdfast_ledger::control::{Definition, RulesOf};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::Store;
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::control::StoredControl;
use serde_json::Value;

/// A change of a definition that is locked.
pub(super) struct ControlChange<'a> {
    pub(super) actor: &'a Actor,
    /// As it was before.
    pub(super) before: Option<StoredControl>,
    /// As it is to be, with the fields that are shown as given; `None` where it is to be deleted.
    pub(super) after: Option<(&'a Definition, &'a str)>,
    pub(super) now: Moment,
}

impl ControlChange<'_> {
    /// Puts the definition, and puts it in force here. Is it new?
    pub(super) async fn put_definition(
        self,
        store: &Store,
        mut unit: CommandUnit,
    ) -> Result<bool, ControlError> {
        let Some((definition, given)) = self.after else {
            return Ok(false);
        };
        let is_same =
            |known: &StoredControl| known.definition == *definition && known.given == given;
        if self.before.as_ref().is_some_and(is_same) {
            drop(unit);
            store.refresh_controls().await?;
            return Ok(false);
        }
        let name = self.actor.name.as_str();
        let put = unit.put_control((definition, given), name, self.now);
        let is_new = put.await?.is_new;
        self.commit(store, unit, definition).await?;
        Ok(is_new)
    }

    /// Deletes the definition, here at once.
    pub(super) async fn delete_definition(
        self,
        store: &Store,
        mut unit: CommandUnit,
    ) -> Result<(), ControlError> {
        let Some(before) = &self.before else {
            return Ok(());
        };
        let definition = before.definition.clone();
        let (kind, name) = (definition.kind(), definition.name());
        unit.delete_control((kind, &name), &self.actor.name, self.now)
            .await?;
        self.commit(store, unit, &definition).await
    }

    async fn commit(
        &self,
        store: &Store,
        unit: CommandUnit,
        definition: &Definition,
    ) -> Result<(), ControlError> {
        let (object, name) = (object_of(definition), definition.name());
        let action = match (&self.before, &self.after) {
            (_, None) => AuditAction::Deleted,
            (None, Some(_)) => AuditAction::Created,
            (Some(_), Some(_)) => AuditAction::Changed,
        };
        let before = self.before.as_ref();
        let before = before.map(|known| describe(&known.definition, &known.given));
        let after = self.after.map(|(known, given)| describe(known, given));
        let change = Change {
            actor: self.actor,
            action,
            object: (object, name.clone()),
            account: account_of(definition),
            before: before.transpose()?,
            after: after.transpose()?,
            reason: None,
            at: self.now,
        };
        unit.commit_change(change, &[]).await?;
        store.refresh_controls().await?;
        let (by, object, done) = (&self.actor.name, object.as_str(), action.as_str());
        tracing::info!(actor = %by, object, name, action = done, "{by}: {object} {name} {done}");
        Ok(())
    }
}

/// A definition as it is shown, without its times.
fn describe(definition: &Definition, given: &str) -> Result<Value, ControlError> {
    let given = GivenFields::parse(given)?;
    let printed = print(definition, &given, None)?;
    Ok(serde_json::from_str(printed.get())?)
}

fn object_of(definition: &Definition) -> AuditObject {
    match Kind::stored_as(definition.kind()) {
        Some(Kind::Velocity) => AuditObject::VelocityControl,
        Some(Kind::Authorization) => AuditObject::AuthorizationControl,
        Some(Kind::Exemption) => AuditObject::ExemptMid,
        Some(Kind::MccGroup) => AuditObject::MccGroup,
        Some(Kind::MerchantGroup) => AuditObject::MerchantGroup,
        None => AuditObject::Rules,
    }
}

/// The account whose rules they are.
fn account_of(definition: &Definition) -> Option<&AccountToken> {
    match definition {
        Definition::Rules(RulesOf::Account(account), _) => Some(account),
        _ => None,
    }
}
