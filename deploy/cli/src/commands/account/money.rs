//! Moving an account's money.

use crate::commands::access::{Access, By};
use crate::commands::error::CliError;
use crate::commands::values;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_funding::view::TransferView;
use holdfast_ledger::money::{Amount, AmountError, Currency};
use holdfast_ledger::token::{AccountToken, Reference};
use holdfast_store::transfer::{TransferContent, TransferKind};

/// What transfers, adjustments and write-offs have in common.
#[derive(Debug, Args)]
struct Order {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    by: By,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = values::account)]
    account: AccountToken,
    /// How much, such as 20.00
    #[arg(value_name = "AMOUNT", allow_negative_numbers = true)]
    amount: String,
    /// In which currency, such as USD
    #[arg(value_name = "CURRENCY", value_parser = values::currency)]
    currency: Currency,
    /// Your own name for it: the same name again moves nothing [default: a new one]
    #[arg(long, value_name = "NAME", value_parser = values::reference)]
    reference: Option<Reference>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account credit alice 20.00 USD --reference payday-7")]
pub(crate) struct Transfer {
    #[command(flatten)]
    order: Order,
    /// A note, kept with it
    #[arg(long, value_name = "TEXT")]
    memo: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  holdfast account adjust alice -5.00 USD --reason 'paid twice in branch 12'")]
pub(crate) struct Adjust {
    #[command(flatten)]
    order: Order,
    /// Why, kept with it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  holdfast account write-off alice 8.75 USD --reference case-12 --reason 'cannot be found'")]
pub(crate) struct WriteOff {
    #[command(flatten)]
    order: Order,
    /// Why, kept with it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Transfer {
    pub(super) async fn run(self, is_credit: bool) -> Result<(), CliError> {
        let Order {
            amount, currency, ..
        } = &self.order;
        let amount = magnitude(amount, *currency)?;
        let content = TransferContent {
            kind: TransferKind::Transfer,
            amount: if is_credit {
                amount.credit()
            } else {
                amount.debit()
            },
            currency: *currency,
            note: self.memo,
        };
        self.order.make(content, "moved").await
    }
}

impl Adjust {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let Order {
            amount, currency, ..
        } = &self.order;
        let amount = match amount.strip_prefix('-') {
            Some(magnitude_text) => magnitude(magnitude_text, *currency)?.debit(),
            None => magnitude(amount, *currency)?.credit(),
        };
        let content = TransferContent {
            kind: TransferKind::Adjustment,
            amount,
            currency: *currency,
            note: Some(self.reason),
        };
        self.order.make(content, "moved").await
    }
}

impl WriteOff {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let currency = self.order.currency;
        let content = TransferContent {
            kind: TransferKind::WriteOff,
            amount: magnitude(&self.order.amount, currency)?.credit(),
            currency,
            note: Some(self.reason),
        };
        self.order.make(content, "written off").await
    }
}

impl Order {
    /// Does it; `what` says in the past tense what was done.
    async fn make(self, content: TransferContent, what: &str) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let reference = match self.reference {
            Some(reference) => reference,
            None => Reference::parse(&format!("command-{}", uuid::Uuid::now_v7()))
                .map_err(CliError::argument)?,
        };
        let order = command::order(reference, content, now());
        let done = command::transfer(&store, &self.by.actor(), &self.account, &order).await?;
        self.access
            .print(&TransferView::from(&done.transfer), |view| {
                let said = if done.is_new {
                    what.to_owned()
                } else {
                    format!("had been {what} before")
                };
                let direction = view
                    .direction
                    .map_or(String::new(), |word| format!(" ({word})"));
                let (amount, currency) = (&view.amount, view.currency);
                format!(
                    "{amount} {currency}{direction} {said}, reference {}",
                    view.reference
                )
            })
    }
}

fn magnitude(text: &str, currency: Currency) -> Result<Amount, CliError> {
    let wrong = |error: AmountError| CliError::argument(format!("the amount {error}"));
    let amount = Amount::parse_in(text, currency).map_err(wrong)?;
    if amount.is_zero() {
        return Err(CliError::argument("the amount must not be zero"));
    }
    Ok(amount)
}
