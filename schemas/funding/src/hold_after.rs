//! Holds and balances as events show them.

use holdfast_events::{BalanceAfter, HoldAfter, HoldAmountsAfter, LimitUse, moment};
use holdfast_ledger::book::AccountBalance;
use holdfast_ledger::fact::Class;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::Currency;
use holdfast_ledger::usage::Use;

/// A hold with what it uses of velocity controls.
pub(crate) fn hold_after(hold: &Hold, uses: &[Use]) -> HoldAfter {
    let standing = &hold.standing;
    let state = if standing.is_open() { "open" } else { "closed" };
    let lines = standing.lines.iter();
    HoldAfter {
        state: state.to_owned(),
        expires_at: standing.expires.map(moment::text),
        amounts: lines
            .map(|(currency, line)| HoldAmountsAfter::new(*currency, line))
            .collect(),
        uses: uses.iter().filter_map(limit_use).collect(),
    }
}

/// What a message uses; `None` where amounts add up beyond what is exact, which the books refuse before.
fn limit_use(made: &Use) -> Option<LimitUse> {
    let (currency, of) = (made.currency, &made.card_and_merchant);
    let (class, money_in_type) = class_names(&of.class);
    Some(LimitUse {
        transaction: made.token.as_str().to_owned(),
        occurred_at: moment::text(made.at),
        currency: currency.code().to_owned(),
        amount: made.amount().ok()?.text(currency),
        cash: (!made.cash.is_zero()).then(|| made.cash.text(currency)),
        class: class.to_owned(),
        money_in_type,
        card: of.card.as_ref().map(ToString::to_string),
        card_product: of.product.as_ref().map(ToString::to_string),
        mcc: of.mcc.clone(),
        mid: of.merchant.clone(),
        declined: made.declined,
    })
}

/// The kind of spending, and the type of money that comes in.
fn class_names(class: &Class) -> (&'static str, Option<String>) {
    match class {
        Class::Purchase => ("purchase", None),
        Class::Withdrawal => ("withdrawal", None),
        Class::MoneyIn(transaction_type) => ("money_in", Some(transaction_type.clone())),
        Class::Uncounted => ("uncounted", None),
    }
}

/// A balance in one currency.
pub(crate) fn balance_after(currency: Currency, balance: &AccountBalance) -> BalanceAfter {
    BalanceAfter::new(
        currency,
        balance.posted,
        balance.held,
        balance.pending_credit,
        balance.available().unwrap_or_default(),
    )
}
