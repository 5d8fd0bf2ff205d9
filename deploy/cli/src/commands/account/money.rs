//! Moving an account's money.

use crate::commands::access::{ActorArgs, StoreAccess};
use crate::commands::error::CliError;
use crate::values;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_funding::view::TransferView;
use holdfast_ledger::money::{Amount, AmountError, Currency};
use holdfast_ledger::token::{AccountToken, Reference};
use holdfast_store::transfer::{TransferContent, TransferKind};

/// What transfers, adjustments and write-offs have in common.
#[derive(Debug, Args)]
struct TransferOrder {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ActorArgs,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: AccountToken,
    /// Amount, such as 20.00
    #[arg(value_name = "AMOUNT", allow_negative_numbers = true)]
    amount: String,
    /// Currency, such as USD
    #[arg(value_name = "CURRENCY", value_parser = values::parse_currency)]
    currency: Currency,
    /// Your reference: the same one moves money only once [default: a new one]
    #[arg(long, value_name = "NAME", value_parser = Reference::parse)]
    reference: Option<Reference>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account credit alice 20.00 USD --reference salary-7")]
pub(crate) struct TransferMoney {
    #[command(flatten)]
    order: TransferOrder,
    /// Note, stored with the transfer
    #[arg(long, value_name = "TEXT")]
    memo: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  holdfast account adjust alice -5.00 USD --reason 'paid twice in branch 12'")]
pub(crate) struct AdjustBalance {
    #[command(flatten)]
    order: TransferOrder,
    /// Reason, stored with the transfer
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  holdfast account write-off alice 8.75 USD --reference case-12 --reason 'cannot be found'")]
pub(crate) struct WriteOffDebt {
    #[command(flatten)]
    order: TransferOrder,
    /// Reason, stored with the transfer
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl TransferMoney {
    pub(super) async fn transfer_money(self, is_credit: bool) -> Result<(), CliError> {
        let TransferOrder {
            amount, currency, ..
        } = &self.order;
        let amount = parse_magnitude(amount, *currency)?;
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
        self.order.place_order(content, "moved").await
    }
}

impl AdjustBalance {
    pub(super) async fn adjust_balance(self) -> Result<(), CliError> {
        let TransferOrder {
            amount, currency, ..
        } = &self.order;
        let amount = match amount.strip_prefix('-') {
            Some(magnitude_text) => parse_magnitude(magnitude_text, *currency)?.debit(),
            None => parse_magnitude(amount, *currency)?.credit(),
        };
        let content = TransferContent {
            kind: TransferKind::Adjustment,
            amount,
            currency: *currency,
            note: Some(self.reason),
        };
        self.order.place_order(content, "moved").await
    }
}

impl WriteOffDebt {
    pub(super) async fn write_off_debt(self) -> Result<(), CliError> {
        let currency = self.order.currency;
        let content = TransferContent {
            kind: TransferKind::WriteOff,
            amount: parse_magnitude(&self.order.amount, currency)?.credit(),
            currency,
            note: Some(self.reason),
        };
        self.order.place_order(content, "written off").await
    }
}

impl TransferOrder {
    /// Moves the money; `done_word` names it in the past tense.
    async fn place_order(self, content: TransferContent, done_word: &str) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let reference = match self.reference {
            Some(reference) => reference,
            None => Reference::parse(&format!("command-{}", uuid::Uuid::now_v7()))
                .map_err(CliError::argument)?,
        };
        let order = command::order(reference, content, now());
        let done = command::transfer(&store, &self.by.actor(), &self.account, &order).await?;
        self.access
            .print_result(&TransferView::from(&done.transfer), |view| {
                let outcome = if done.is_new {
                    done_word.to_owned()
                } else {
                    format!("was already {done_word}")
                };
                let direction = view
                    .direction
                    .map_or(String::new(), |word| format!(" ({word})"));
                let (amount, currency) = (&view.amount, view.currency);
                let opened = match view.opened_currency {
                    true => format!("; this opened the account's balance in {currency}"),
                    false => String::new(),
                };
                format!(
                    "{amount} {currency}{direction} {outcome}, reference {}{opened}",
                    view.reference
                )
            })
    }
}

fn parse_magnitude(text: &str, currency: Currency) -> Result<Amount, CliError> {
    let wrong = |error: AmountError| CliError::argument(format!("the amount {error}"));
    let amount = Amount::parse_in(text, currency).map_err(wrong)?;
    if amount.is_zero() {
        return Err(CliError::argument("the amount must not be zero"));
    }
    Ok(amount)
}
