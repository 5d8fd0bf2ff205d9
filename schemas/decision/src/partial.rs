//! Partial approval (reference section 4.2): less than was asked for, where money alone refuses the whole.
//! Off unless the program wants it, and only where the terminal can take it. Of a purchase with cash back
//! only the goods without the cash are offered: nobody can say which part of the notes he would do without.

use crate::case::{Case, Effect};
use holdfast_ledger::money::Amount;

/// What bears on approving less than was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The program wants it.
    pub wanted: bool,
    /// The terminal takes it (`pos.partial_approval_capable`).
    pub capable: bool,
    /// The terminal takes the goods without the cash (`pos.purchase_amount_only`).
    pub goods_alone: bool,
    /// The cash in the amount, in the request's currency.
    pub cash_back: Amount,
    /// Cash at a machine or a teller: a part of it is never approved.
    pub all_or_nothing: bool,
}

/// The smaller amount that may be approved instead of the whole, in the request's currency. `None` where it
/// is all or nothing, and where nothing is missing. It is to be planned again and brought to the checks as
/// [`Case::part`]: what was told of the purchase before may make it cost what the account has not got.
#[must_use]
pub fn offer(case: &Case<'_>, terms: &Terms) -> Option<Amount> {
    if !(terms.wanted && terms.capable && case.effect == Effect::Purchase) || terms.all_or_nothing {
        return None;
    }
    let missing = missing(case)?;
    let offered = match (terms.cash_back.is_zero(), terms.goods_alone) {
        (true, _) => case.amount.less(missing),
        (false, true) => case.amount.less(terms.cash_back),
        (false, false) => return None,
    };
    (!offered.is_zero() && offered < case.amount).then_some(offered)
}

/// What the account lacks of what the whole would cost. That is not the amount less what is available:
/// where the clearing came first, a part of the amount is paid already. An account that is in debt lacks
/// the cost, not the debt.
fn missing(case: &Case<'_>) -> Option<Amount> {
    let after = case.plan?.balances.get(&case.currency?)?.available().ok()?;
    let cost = case.drop_of_available()?;
    Amount::new(cost.min(after.opposite()).value()).ok()
}

#[cfg(test)]
mod tests;
