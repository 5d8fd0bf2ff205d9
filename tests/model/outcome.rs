//! What a run came to, beside what it should have come to.

use crate::history::History;
use crate::model::{Sum, Sums, balances, minor};
use crate::program::{Currency, Program};
use holdfast_ledger::book::AccountBalance;
use std::collections::{BTreeMap, BTreeSet};

/// The balances of one account, as the books have them.
pub(crate) fn sums(found: &BTreeMap<holdfast_ledger::money::Currency, AccountBalance>) -> Sums {
    let mut sums = Sums::new();
    for (currency, balance) in found {
        let known = Currency::ALL
            .into_iter()
            .find(|known| known.code() == currency.code());
        let known = known.unwrap_or_else(|| panic!("a balance in {}", currency.code()));
        let sum = Sum {
            posted: minor(balance.posted, known),
            held: minor(balance.held, known),
            pending: minor(balance.pending_credit, known),
        };
        assert_eq!(
            minor(balance.available().unwrap(), known),
            sum.posted - sum.held,
            "available is what is posted less what is held"
        );
        sums.insert(known, sum);
    }
    sums.retain(|_, sum| *sum != Sum::default());
    sums
}

/// Where the books differ from the model; nothing where they agree. `found` is by account.
pub(crate) fn differences(program: &Program, history: &History, found: &[Sums]) -> Vec<String> {
    let mut differences = Vec::new();
    for (account, found) in found.iter().enumerate() {
        let expected = balances(program, history, account, 0);
        let currencies: BTreeSet<&Currency> = expected.keys().chain(found.keys()).collect();
        for currency in currencies {
            let of = |sums: &Sums| sums.get(currency).copied().unwrap_or_default();
            let (expected, found) = (of(&expected), of(found));
            if expected != found {
                let (expected, found) = (text(*currency, expected), text(*currency, found));
                differences.push(format!("account {account}: {found}, and not {expected}"));
            }
        }
    }
    differences
}

fn text(currency: Currency, sum: Sum) -> String {
    let [posted, held, pending] = [sum.posted, sum.held, sum.pending].map(|a| currency.text(a));
    format!(
        "{} posted {posted} held {held} pending {pending}",
        currency.code()
    )
}
