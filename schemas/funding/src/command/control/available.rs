//! What an account has used of a spending limit, and so what is left.

use super::{ControlError, find_control};
use holdfast_events::control::{Available, GivenFields, Kind, Times, print_available};
use holdfast_ledger::control::{Applies, Definition, Period, VelocityControl};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, ControlToken};
use holdfast_ledger::usage::Sum;
use holdfast_store::unit::Wanted;
use holdfast_store::{Store, StoreError};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// Whose use is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The account.
    pub account: Option<AccountToken>,
    /// One of its cards.
    pub card: Option<CardToken>,
}

/// What is used of a limit.
#[derive(Debug, Clone)]
pub struct Usage {
    /// The limit.
    pub control: VelocityControl,
    /// What is shown of it as it was given.
    pub given: GivenFields,
    /// When it was put.
    pub times: Times,
    /// The account or card that uses it.
    pub account: AccountToken,
    /// The current period of its window; `None` for TRANSACTION, which adds nothing up.
    pub period: Option<Period>,
    /// What is used of that.
    pub used: Sum,
    /// What is left of that.
    pub available: Option<Available>,
}

/// Why it is not known.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// The control cannot be shown.
    #[error("{0}")]
    Control(#[from] ControlError),
    /// Neither the request nor the control names an account.
    #[error(
        "account or card must say whose use is asked for: the control names no account of its own"
    )]
    NoAccount,
    /// The account does not exist.
    #[error("there is no account {0}")]
    UnknownAccount(AccountToken),
    /// The card is not registered.
    #[error("there is no card {0}")]
    UnknownCard(CardToken),
    /// The card is another account's.
    #[error("card {0} does not belong to account {1}")]
    OfAnother(CardToken, AccountToken),
    /// The control has nothing to do with them.
    #[error("velocity control {0} is for {1}, not for {2}")]
    NotFor(ControlToken, String, String),
    /// The database could not do it.
    #[error("{0}")]
    Store(#[from] StoreError),
}

impl Usage {
    /// The control as Marqeta prints it, with what is left.
    ///
    /// # Errors
    /// [`ControlError::Json`].
    pub fn printed(&self) -> Result<Box<RawValue>, ControlError> {
        let times = Some(self.times);
        Ok(print_available(
            &self.control,
            &self.given,
            times,
            self.available.as_ref(),
        )?)
    }
}

/// What an account has used of a limit. Nothing is locked, so that no purchase waits, and nothing is changed.
///
/// # Errors
/// [`UsageError`].
pub async fn usage(
    store: &Store,
    token: &ControlToken,
    asked: &Asked,
    now: Moment,
) -> Result<Usage, UsageError> {
    let stored = find_control(store, Kind::Velocity, token.as_str()).await?;
    let Definition::Velocity(control) = stored.definition else {
        let (kind, name) = (Kind::Velocity.text(), token.to_string());
        return Err(ControlError::Unknown(kind, name).into());
    };
    let account = find_account(store, &control, asked).await?;
    let (period, used, available) = read_use(store, &control, &account, now).await?;
    let given = GivenFields::parse(&stored.given).map_err(ControlError::Json)?;
    Ok(Usage {
        given,
        times: Times {
            created: stored.created,
            changed: stored.changed,
        },
        control,
        account,
        period,
        used,
        available,
    })
}

/// The account that is asked for, by the request or else by the control. The control must be for it.
async fn find_account(
    store: &Store,
    control: &VelocityControl,
    asked: &Asked,
) -> Result<AccountToken, UsageError> {
    let of_card = match &asked.card {
        Some(card) => find_card_owner(store, card).await?,
        None => None,
    };
    let account = match (&asked.account, &asked.card) {
        (Some(account), Some(card)) if of_card.as_ref().is_some_and(|of| of != account) => {
            return Err(UsageError::OfAnother(card.clone(), account.clone()));
        }
        (Some(account), _) => account.clone(),
        (None, Some(card)) => of_card.ok_or_else(|| UsageError::UnknownCard(card.clone()))?,
        (None, None) => find_own_account(store, control)
            .await?
            .ok_or(UsageError::NoAccount)?,
    };
    if store.account(&account).await?.is_none() {
        return Err(UsageError::UnknownAccount(account));
    }
    let not_for = |subject| {
        let (token, applies) = (control.token.clone(), control.applies.text());
        UsageError::NotFor(token, applies, subject)
    };
    match (&control.applies, &asked.card) {
        (Applies::Account(wanted), _) if *wanted != account => {
            Err(not_for(format!("account {account}")))
        }
        (Applies::Card(wanted), Some(card)) if wanted != card => {
            Err(not_for(format!("card {card}")))
        }
        // An unregistered card has used nothing, whatever account it will belong to.
        (Applies::Card(wanted), _) => match find_card_owner(store, wanted).await? {
            Some(owner) if owner != account => Err(not_for(format!("account {account}"))),
            _ => Ok(account),
        },
        _ => Ok(account),
    }
}

/// The account that the control itself names.
async fn find_own_account(
    store: &Store,
    control: &VelocityControl,
) -> Result<Option<AccountToken>, StoreError> {
    match &control.applies {
        Applies::Account(account) => Ok(Some(account.clone())),
        Applies::Card(card) => find_card_owner(store, card).await,
        Applies::Program | Applies::Product(_) => Ok(None),
    }
}

async fn find_card_owner(
    store: &Store,
    card: &CardToken,
) -> Result<Option<AccountToken>, StoreError> {
    Ok(store.card(card).await?.and_then(|card| card.account))
}

async fn read_use(
    store: &Store,
    control: &VelocityControl,
    account: &AccountToken,
    now: Moment,
) -> Result<(Option<Period>, Sum, Option<Available>), UsageError> {
    // As the control was put last, wherever that was.
    store.refresh_controls().await?;
    let mut unit = store.begin().await?;
    let wanted = Wanted {
        accounts: BTreeSet::from([account.clone()]),
        ..Wanted::default()
    };
    let known = unit.read_known(&wanted).await?;
    let unknown = || UsageError::UnknownAccount(account.clone());
    let book = known.accounts.get(account).ok_or_else(unknown)?;
    let period = control.period(now, now, &book.controls.zone);
    // A limit that is not active counts nothing.
    let used = match (book.controls.velocity(&control.token), &period) {
        (Some(velocity), Some(period)) => unit.read_usage(book, velocity, period).await?,
        _ => Sum::default(),
    };
    let zone = &book.controls.zone;
    let available = Available::at(control, (period.as_ref(), used), now, zone);
    unit.roll_back().await?;
    Ok((period, used, available))
}
