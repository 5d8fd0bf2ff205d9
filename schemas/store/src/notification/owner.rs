//! Whose account a message without a JIT block belongs to: the owner of the hold that one of its keys
//! names, else of its card (design section 2, "Whose account?").

use crate::unit::Unit;
use crate::{Store, StoreError, json};
use holdfast_ledger::fact::Key;
use holdfast_ledger::token::{AccountToken, CardToken, TransactionToken};
use sqlx::PgExecutor;
use std::collections::BTreeMap;

/// What is looked up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// The account of a hold.
    Key(Key),
    /// The account of a card.
    Card(CardToken),
    /// The account under which the transaction was stored before, in whatever state.
    Seen(TransactionToken),
}

/// Accounts by what names them. Where a name leads to several accounts it leads to none.
#[derive(Debug, Clone, Default)]
pub struct Owners(BTreeMap<Owner, Vec<AccountToken>>);

impl Owners {
    /// The one account of a name.
    #[must_use]
    pub fn of(&self, owner: &Owner) -> Option<&AccountToken> {
        match self.0.get(owner).map(Vec::as_slice) {
            Some([account]) => Some(account),
            _ => None,
        }
    }

    /// All accounts of a name.
    #[must_use]
    pub fn all(&self, owner: &Owner) -> &[AccountToken] {
        self.0.get(owner).map_or(&[], Vec::as_slice)
    }
}

impl Store {
    /// Looks up owners, across all shards.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn owners(&self, wanted: &[Owner]) -> Result<Owners, StoreError> {
        find_owners(self.pool(), wanted).await
    }
}

impl Unit {
    /// The same on the unit's own connection: a unit that waited for a second one could wait for others that
    /// do the same.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn owners(&mut self, wanted: &[Owner]) -> Result<Owners, StoreError> {
        find_owners(&mut *self.tx, wanted).await
    }
}

async fn find_owners<'c>(
    connection: impl PgExecutor<'c>,
    wanted: &[Owner],
) -> Result<Owners, StoreError> {
    let (mut kinds, mut values) = (Vec::new(), Vec::new());
    for owner in wanted {
        match owner {
            Owner::Key(key) => {
                kinds.push(key.kind());
                values.push(key.value());
            }
            Owner::Card(card) => {
                kinds.push("card");
                values.push(card.as_str());
            }
            Owner::Seen(token) => {
                kinds.push("seen");
                values.push(token.as_str());
            }
        }
    }
    let rows: Vec<(String, String, String)> =
        sqlx::query_as(include_str!("../../sql/find_owners.sql"))
            .bind(kinds)
            .bind(values)
            .fetch_all(connection)
            .await?;
    let mut owners = Owners::default();
    for (kind, value, account) in rows {
        let owner = match kind.as_str() {
            "card" => CardToken::parse(&value).ok().map(Owner::Card),
            "seen" => TransactionToken::parse(&value).ok().map(Owner::Seen),
            kind => Key::from_parts(kind, &value).map(Owner::Key),
        };
        let account = AccountToken::parse(&account)
            .map_err(|error| json::unreadable_value("account token", &error))?;
        if let Some(owner) = owner {
            owners.0.entry(owner).or_default().push(account);
        }
    }
    Ok(owners)
}
