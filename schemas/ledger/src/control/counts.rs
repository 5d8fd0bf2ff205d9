//! Which messages a limit counts (Marqeta's `include_…` flags).

use crate::fact::Class;
use crate::money::{Amount, Overflow};
use serde::{Deserialize, Serialize};

/// Which messages a limit counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Purchases, debits with PIN, increments, quasi cash, account funding; goods without the cash.
    pub purchases: bool,
    /// Cash at a machine or a teller.
    pub withdrawals: bool,
    /// The cash of a purchase with cash back.
    pub cash_back: bool,
    /// Money that comes in.
    pub money_in: MoneyIn,
}

impl Default for Counts {
    /// As Marqeta answers where nothing was said: all but credits.
    fn default() -> Self {
        Self {
            purchases: true,
            withdrawals: true,
            cash_back: true,
            money_in: MoneyIn::No,
        }
    }
}

/// Which money that comes in is counted. Refunds of purchases never are: they are no money sent to the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoneyIn {
    /// None.
    No,
    /// All: `include_credits`.
    All,
    /// Of these types: `money_in_transaction`. A type's name without its end means all that begin so.
    Types(Vec<String>),
}

impl MoneyIn {
    fn counts_type(&self, transaction_type: &str) -> bool {
        match self {
            Self::No => false,
            Self::All => true,
            Self::Types(types) => types
                .iter()
                .any(|wanted| begins_with_type(transaction_type, wanted)),
        }
    }
}

/// A type's name in lower case with dots: `original.credit` and `ORIGINAL_CREDIT` are the same.
pub(super) fn plain_type_name(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', ".")
}

fn begins_with_type(transaction_type: &str, wanted: &str) -> bool {
    let transaction_type = plain_type_name(transaction_type);
    let wanted = plain_type_name(wanted);
    transaction_type
        .strip_prefix(&wanted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl Counts {
    /// How much of a message is counted, of its goods and of its cash. `None`: it is none of this limit's.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn counted_amount(
        &self,
        class: &Class,
        goods: Amount,
        cash: Amount,
    ) -> Result<Option<Amount>, Overflow> {
        let goods = match class {
            Class::Purchase => self.purchases.then_some(goods),
            Class::Withdrawal => self.withdrawals.then_some(goods),
            Class::MoneyIn(name) => self.money_in.counts_type(name).then_some(goods),
            Class::Uncounted => return Ok(None),
        };
        let cash = (self.cash_back && !cash.is_zero()).then_some(cash);
        Ok(match (goods, cash) {
            (Some(goods), Some(cash)) => Some(goods.plus(cash)?),
            (goods, cash) => goods.or(cash),
        })
    }
}
