//! Putting, showing and deleting what a program has defined: controls and groups in Marqeta's shape, and rules.

mod available;
mod change;
mod rules;

pub use available::{Asked, Usage, UsageError, usage};
pub use rules::{delete_rules, put_rules, rules};

use super::Actor;
use super::audited::CommandUnit;
use change::ControlChange;
use holdfast_events::control::{GivenFields, Kind, ParsedControl, Times, parse_control, print};
use holdfast_events::json::FieldError;
use holdfast_ledger::control::{Definition, MerchantScope};
use holdfast_ledger::time::Moment;
use holdfast_store::control::StoredControl;
use holdfast_store::{Store, StoreError};
use serde_json::value::RawValue;

/// Why something was not put, shown or deleted.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The body is wrong; it says where.
    #[error("{0}")]
    Wrong(#[from] FieldError),
    /// There is none of this name.
    #[error("there is no {0} {1}")]
    Unknown(&'static str, String),
    /// Controls name the group.
    #[error("deleting the {group}: {users} name it; change or delete those first")]
    InUse {
        /// Which group.
        group: String,
        /// The controls.
        users: String,
    },
    /// The database could not do it.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// It could not be written as JSON.
    #[error("writing a control as json failed: {0}")]
    Json(#[from] serde_json::Error),
}

/// What was put.
#[derive(Debug)]
pub struct Putting {
    /// It was not there before.
    pub is_new: bool,
    /// As it is now, printed.
    pub printed: Box<RawValue>,
}

/// A control or a group, as Marqeta prints it, with its times.
///
/// # Errors
/// [`ControlError::Unknown`].
pub async fn control(
    store: &Store,
    kind: Kind,
    token: &str,
) -> Result<Box<RawValue>, ControlError> {
    print_control(&find_control(store, kind, token).await?)
}

/// All controls or groups of a kind by name, printed.
///
/// # Errors
/// [`ControlError::Store`].
pub async fn controls(store: &Store, kind: Kind) -> Result<Vec<Box<RawValue>>, ControlError> {
    let all = store.controls_of(Some(kind.stored())).await?;
    all.iter().map(print_control).collect()
}

/// Puts a control or a group; in force in this process when it returns. A spending limit keeps the moment of
/// its creation. Published fields without effect here are stored and shown as they were given. Names in the scope must be those of groups that exist.
///
/// # Errors
/// [`ControlError::Wrong`], naming the field.
pub async fn put_control(
    store: &Store,
    actor: &Actor,
    (kind, token): (Kind, &str),
    body: &str,
    now: Moment,
) -> Result<Putting, ControlError> {
    let mut unit = CommandUnit::begin(store).await?;
    unit.lock_controls().await?;
    let before = unit.control(kind.stored(), token.trim()).await?;
    let created = before.as_ref().map_or(now, |before| before.created);
    let ParsedControl { definition, given } = parse_control(kind, token, body, created)?;
    needs_group(&mut unit, &definition).await?;
    let given = given.to_json()?;
    let change = ControlChange {
        actor,
        before,
        after: Some((&definition, given.as_str())),
        now,
    };
    let is_new = change.put_definition(store, unit).await?;
    let printed = control(store, kind, &definition.name()).await?;
    Ok(Putting { is_new, printed })
}

/// Deletes a control, or a group that no control names.
///
/// # Errors
/// [`ControlError::Unknown`], [`ControlError::InUse`].
pub async fn delete_control(
    store: &Store,
    actor: &Actor,
    (kind, token): (Kind, &str),
    now: Moment,
) -> Result<(), ControlError> {
    let (what, token) = (kind.text(), token.trim());
    let users = find_users(store, kind, token).await?;
    if !users.is_empty() {
        let (group, users) = (format!("{what} {token}"), users.join(", "));
        return Err(ControlError::InUse { group, users });
    }
    let mut unit = CommandUnit::begin(store).await?;
    unit.lock_controls().await?;
    let before = unit.control(kind.stored(), token).await?;
    let unknown = || ControlError::Unknown(what, token.to_owned());
    let change = ControlChange {
        actor,
        before: Some(before.ok_or_else(unknown)?),
        after: None,
        now,
    };
    change.delete_definition(store, unit).await
}

async fn find_control(
    store: &Store,
    kind: Kind,
    token: &str,
) -> Result<StoredControl, ControlError> {
    let token = token.trim();
    let stored = store.control(kind.stored(), token).await?;
    stored.ok_or_else(|| ControlError::Unknown(kind.text(), token.to_owned()))
}

fn print_control(stored: &StoredControl) -> Result<Box<RawValue>, ControlError> {
    let times = Times {
        created: stored.created,
        changed: stored.changed,
    };
    let given = GivenFields::parse(&stored.given)?;
    Ok(print(&stored.definition, &given, Some(times))?)
}

/// The merchants that a control names, and the path of the field that does.
fn merchants_of(definition: &Definition) -> Option<(&MerchantScope, &'static str)> {
    match definition {
        Definition::Velocity(control) => Some((&control.merchants, "merchant_scope.")),
        Definition::Authorization(control) => Some((&control.merchants, "merchant_scope.")),
        Definition::Exemption(control) => Some((&control.merchants, "")),
        Definition::MccGroup(_) | Definition::MerchantGroup(_) | Definition::Rules(..) => None,
    }
}

/// The group that a scope names, its kind, and Marqeta's field for it.
fn group_of(scope: &MerchantScope) -> Option<(Kind, &str, &'static str)> {
    match scope {
        MerchantScope::MccGroup(token) => Some((Kind::MccGroup, token.as_str(), "mcc_group")),
        MerchantScope::MerchantGroup(token) => {
            Some((Kind::MerchantGroup, token.as_str(), "merchant_group_token"))
        }
        MerchantScope::All | MerchantScope::Mcc(_) | MerchantScope::Mid(_) => None,
    }
}

async fn needs_group(unit: &mut CommandUnit, definition: &Definition) -> Result<(), ControlError> {
    let Some((scope, path)) = merchants_of(definition) else {
        return Ok(());
    };
    let Some((kind, token, field)) = group_of(scope) else {
        return Ok(());
    };
    if unit.control(kind.stored(), token).await?.is_some() {
        return Ok(());
    }
    let (path, rule) = (
        format!("{path}{field}"),
        format!("names no {} that exists: put that first", kind.text()),
    );
    Err(FieldError::Refused { path, rule }.into())
}

/// The controls that name the group, as they are shown.
async fn find_users(store: &Store, kind: Kind, token: &str) -> Result<Vec<String>, StoreError> {
    if !kind.is_group() {
        return Ok(Vec::new());
    }
    let names = |definition: &Definition| {
        let scope = merchants_of(definition).and_then(|(scope, _)| group_of(scope));
        scope.is_some_and(|(used, name, _)| used == kind && name == token)
    };
    let text = |definition: &Definition| {
        let kind = Kind::stored_as(definition.kind()).map_or("rules", Kind::text);
        format!("{kind} {}", definition.name())
    };
    let all = store.controls_of(None).await?;
    let used = all.iter().map(|stored| &stored.definition);
    Ok(used.filter(|one| names(one)).map(text).collect())
}
