//! What a table says must be so.

use super::step::currency;
use crate::books::{Books, START};
use holdfast_ledger::fold::Line;
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::usage::Use;

const DAY: i64 = 86_400_000;

/// `=> [EUR] held 60.00 posted -40.00 …`; what is not named is not looked at.
#[derive(Debug)]
pub(super) struct Expectation {
    text: String,
    currency: Currency,
    terms: Vec<(String, String)>,
}

impl Expectation {
    pub(super) fn parse(line: &str) -> Self {
        let mut words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let named = words.first().and_then(|word| Currency::parse(word));
        if named.is_some() {
            words.remove(0);
        }
        assert!(words.len().is_multiple_of(2), "name and value: {line}");
        let pair = |pair: &[&str]| (pair[0].to_owned(), pair[1].to_owned());
        Self {
            text: line.to_owned(),
            currency: named.unwrap_or(currency("USD")),
            terms: words.chunks(2).map(pair).collect(),
        }
    }

    pub(super) fn check(&self, books: &Books, when: &str) {
        for (name, value) in &self.terms {
            let got = self.actual(name, books);
            assert_eq!(&got, value, "{name}, {when}: {}", self.text);
        }
    }

    fn actual(&self, name: &str, books: &Books) -> String {
        let balance = books.account.balance(self.currency);
        let lines = |of: fn(&Line) -> Amount| self.summed(books, of);
        let money = match name {
            "holds" => return books.live().count().to_string(),
            "uses" => return self.uses(books, |_| true).count().to_string(),
            "used" => self.used(books, |_| true),
            "refused" => self.refused(books),
            "posted" => balance.posted,
            "held" => balance.held,
            "pending" => balance.pending_credit,
            "available" => balance.available().expect("no overflow"),
            "authorized" => lines(|line| line.authorized),
            "released" => lines(|line| line.released),
            "cleared" => lines(|line| line.cleared),
            "lost" => lines(|line| line.lost),
            "suspense" => self.suspense(books),
            day if day.starts_with("day") => {
                let day: i64 = day[3..].parse().expect("a day");
                self.used(books, move |made| {
                    (made.at.0 - START.0).div_euclid(DAY) == day
                })
            }
            other => unreachable!("no such figure: {other}"),
        };
        money.text(self.currency)
    }

    /// What is used of spending limits.
    fn uses<'a>(
        &'a self,
        books: &'a Books,
        wanted: impl Fn(&Use) -> bool + 'a,
    ) -> impl Iterator<Item = Use> + 'a {
        let all = books
            .live()
            .flat_map(|hold| hold.fold_uses().expect("no overflow"));
        all.filter(|made| !made.declined && made.currency == self.currency)
            .filter(move |made| wanted(made))
    }

    fn used(&self, books: &Books, wanted: impl Fn(&Use) -> bool) -> Signed {
        let amounts = self.uses(books, wanted).map(|made| made.amount());
        amounts.fold(Signed::ZERO, |sum, amount| {
            let amount = amount.expect("no overflow");
            sum.plus(amount.credit()).expect("no overflow")
        })
    }

    /// What limits count that count what was declined.
    fn refused(&self, books: &Books) -> Signed {
        let all = books
            .live()
            .flat_map(|hold| hold.fold_uses().expect("no overflow"));
        let declined = all.filter(|made| made.declined && made.currency == self.currency);
        declined.fold(Signed::ZERO, |sum, made| {
            let amount = made.amount().expect("no overflow");
            sum.plus(amount.credit()).expect("no overflow")
        })
    }

    fn suspense(&self, books: &Books) -> Signed {
        let lines = books.live().map(|hold| hold.standing.line(self.currency));
        lines.fold(Signed::ZERO, |sum, line| {
            sum.plus(line.suspense).expect("no overflow")
        })
    }

    fn summed(&self, books: &Books, of: fn(&Line) -> Amount) -> Signed {
        let lines = books.live().map(|hold| hold.standing.line(self.currency));
        lines.fold(Signed::ZERO, |sum, line| {
            sum.plus(of(&line).credit()).expect("no overflow")
        })
    }
}
