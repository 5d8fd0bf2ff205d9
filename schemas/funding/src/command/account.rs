//! Creating and changing accounts.

use super::Actor;
use super::audited::{Change, CommandUnit};
use crate::program_change::describe_account;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::account::{AccountChange, AccountPut};
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::{Store, StoreError};

/// Creates or changes an account. The same again changes nothing.
///
/// # Errors
/// [`StoreError`].
pub async fn put_account(
    store: &Store,
    actor: &Actor,
    account: &AccountToken,
    change: &AccountChange,
    now: Moment,
) -> Result<AccountPut, StoreError> {
    let mut unit = CommandUnit::begin(store).await?;
    let put = unit.put_account(account, change).await?;
    let before = put.before.as_ref().map(describe_account);
    let after = describe_account(&put.after);
    if before.as_ref() == Some(&after) {
        return Ok(put);
    }
    let change = Change {
        actor,
        action: match before {
            None => AuditAction::Created,
            Some(_) => AuditAction::Changed,
        },
        object: (AuditObject::Account, account.as_str().to_owned()),
        account: Some(account),
        before,
        after: Some(after),
        reason: None,
        at: now,
    };
    unit.commit_change(change, &[]).await?;
    let done = if put.is_new { "created" } else { "changed" };
    tracing::info!(
        actor = %actor.name, account.token = %account, "{} {done} account {account}", actor.name,
    );
    Ok(put)
}
