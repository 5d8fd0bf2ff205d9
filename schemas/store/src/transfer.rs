//! Transfers, adjustments and write-offs: money moved by the program or by hand, once per reference.

use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, Reference};
use serde::{Deserialize, Serialize};

/// Who moves the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// The program, in the course of its business; never below what is available.
    Transfer,
    /// An operator, to put something right; may go below zero.
    Adjustment,
    /// The program, which gives up what the customer owes; never more than that.
    WriteOff,
}

/// What a reference stands for. The same reference with another content is a mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferContent {
    /// Who moves the money.
    pub kind: TransferKind,
    /// How much; positive is to the customer.
    pub amount: Signed,
    /// In which currency.
    pub currency: Currency,
    /// The program's memo or the operator's reason.
    pub note: Option<String>,
}

/// A transfer with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Its name within the account.
    pub reference: Reference,
    /// What it does.
    pub content: TransferContent,
    /// Its event.
    pub event: uuid::Uuid,
    /// When it was made.
    pub made: Moment,
    /// Whether the account had no balance in its currency before.
    pub opened_currency: bool,
}

/// The stored form of a transfer's content.
#[derive(Debug, Serialize, Deserialize)]
struct StoredContent {
    #[serde(flatten)]
    content: TransferContent,
    #[serde(default)]
    opened_currency: bool,
}

impl Unit {
    /// What was done under a reference before, if anything. The account must be locked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn transfer(
        &mut self,
        account: &AccountToken,
        reference: &Reference,
    ) -> Result<Option<Transfer>, StoreError> {
        let row: Option<(String, uuid::Uuid, time::OffsetDateTime)> =
            sqlx::query_as(include_str!("../sql/read_transfer.sql"))
                .bind(self.shards.of(account).0)
                .bind(account.as_str())
                .bind(reference.as_str())
                .fetch_optional(&mut *self.tx)
                .await?;
        let stored = |(content, event, made): (String, uuid::Uuid, time::OffsetDateTime)| {
            let stored: StoredContent = json::parse("transfer", &content)?;
            Ok(Transfer {
                reference: reference.clone(),
                content: stored.content,
                event,
                made: json::moment(made),
                opened_currency: stored.opened_currency,
            })
        };
        row.map(stored).transpose()
    }

    /// Remembers a transfer. The account must be locked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn write_transfer(
        &mut self,
        account: &AccountToken,
        transfer: &Transfer,
    ) -> Result<(), StoreError> {
        let content = StoredContent {
            content: transfer.content.clone(),
            opened_currency: transfer.opened_currency,
        };
        sqlx::query(include_str!("../sql/write_transfer.sql"))
            .bind(self.shards.of(account).0)
            .bind(account.as_str())
            .bind(transfer.reference.as_str())
            .bind(json::write("transfer", &content)?)
            .bind(transfer.event)
            .bind(transfer.made.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
