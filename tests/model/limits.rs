//! Spending limits and hold increases that every program runs under, and what they should count.

use crate::history::History;
use crate::model;
use crate::program::{Currency, Program};
use holdfast_ledger::book::Account;
use holdfast_ledger::control::{
    Applies, ControlSet, Counts, Definitions, Increase, Limit, MccGroup, MerchantScope,
    VelocityControl, Window, Zone,
};
use holdfast_ledger::hold::MccRange;
use holdfast_ledger::money::{Amount, Currency as Money};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{ControlToken, GroupToken};
use std::collections::BTreeMap;
use time::{Date, Duration, Month, OffsetDateTime};

/// One limit for each account.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpendingLimit {
    pub(crate) name: &'static str,
    pub(crate) currency: Currency,
    pub(crate) window: Window,
    /// Whole units.
    pub(crate) amount: i64,
    pub(crate) uses: u32,
}

const fn limit(
    name: &'static str,
    currency: Currency,
    window: Window,
    amount: i64,
    uses: u32,
) -> SpendingLimit {
    SpendingLimit {
        name,
        currency,
        window,
        amount,
        uses,
    }
}

/// So much is never spent: what is left of it says what was used.
const WIDE: i64 = 1_000_000_000;
const WIDE_USES: u32 = 1_000_000;

impl SpendingLimit {
    /// Is there always something left of it?
    pub(crate) fn is_wide(&self) -> bool {
        self.amount == WIDE
    }

    /// What is left after so much: amount and number of uses.
    pub(crate) fn left(&self, (amount, uses): Used) -> String {
        let whole = 10_i64.pow(self.currency.exponent() as u32);
        let left = self.currency.text(self.amount * whole - amount);
        format!("{left} in {} uses", i64::from(self.uses) - uses)
    }
}

/// The first ones decline some requests.
pub(crate) const LIMITS: [SpendingLimit; 6] = [
    limit("usd-day", Currency::Usd, Window::Day, 700, 12),
    limit("eur-month", Currency::Eur, Window::Month, 1200, 15),
    limit("usd-ever", Currency::Usd, Window::Lifetime, WIDE, WIDE_USES),
    limit("eur-year", Currency::Eur, Window::Year, WIDE, WIDE_USES),
    limit("jpy-month", Currency::Jpy, Window::Month, WIDE, WIDE_USES),
    limit("kwd-week", Currency::Kwd, Window::Week, WIDE, WIDE_USES),
];

/// What is held beyond the amount of an authorization, by merchant category.
#[derive(Debug, Clone, Copy)]
pub(crate) enum More {
    /// Whole units.
    Units(i64),
    Percent(i64),
    /// As much as makes it so many whole units.
    UpTo(i64),
}

/// Categories with a hold increase.
pub(crate) const INCREASES: [(&str, More); 3] = [
    ("5812", More::Percent(20)),
    ("4121", More::Units(3)),
    ("5993", More::UpTo(80)),
];

/// What is held beyond this amount, in minor units; percents are rounded up.
pub(crate) fn increase(mcc: &str, currency: Currency, amount: i64) -> i64 {
    let whole = 10_i64.pow(currency.exponent() as u32);
    let found = INCREASES.iter().find(|(of, _)| *of == mcc);
    match found.filter(|_| amount > 0) {
        None => 0,
        Some((_, More::Units(units))) => units * whole,
        Some((_, More::Percent(percent))) => (amount * percent + 99) / 100,
        Some((_, More::UpTo(units))) => (units * whole - amount).max(0),
    }
}

/// The controls as the fold has them.
pub(crate) fn control_set() -> ControlSet {
    let amount = |units: i64| Amount::parse(&units.to_string()).unwrap();
    let velocity = LIMITS.map(|limit| VelocityControl {
        token: ControlToken::parse(limit.name).unwrap(),
        name: None,
        active: true,
        limit: Limit {
            amount: amount(limit.amount),
            uses: Some(limit.uses),
        },
        currency: Money::parse(limit.currency.code()).unwrap(),
        window: limit.window,
        approvals_only: true,
        counts: Counts::default(),
        applies: Applies::Program,
        merchants: MerchantScope::All,
        created: Moment(0),
    });
    let mcc_groups = INCREASES.map(|(mcc, more)| MccGroup {
        token: GroupToken::parse(mcc).unwrap(),
        name: mcc.to_owned(),
        mccs: vec![MccRange::parse(mcc).unwrap()],
        active: true,
        increase: Some(match more {
            More::Units(units) => Increase::Amount(amount(units)),
            More::Percent(percent) => Increase::Percent(amount(percent)),
            More::UpTo(units) => Increase::UpToLimit(amount(units)),
        }),
        hold_days: None,
    });
    let defined = Definitions {
        velocity: velocity.into(),
        mcc_groups: mcc_groups.into(),
        ..Definitions::default()
    };
    ControlSet::new(1, Zone::utc(), defined)
}

/// The same as an operator puts them: path and body.
pub(crate) fn requests() -> Vec<(String, String)> {
    let limits = LIMITS.iter().map(|limit| {
        let (path, window) = (
            format!("/api/v1/velocity-controls/{}", limit.name),
            limit.window.as_str(),
        );
        let (amount, uses, code) = (limit.amount, limit.uses, limit.currency.code());
        (path, format!(r#"{{"amount_limit":{amount},"usage_limit":{uses},"currency_code":"{code}","velocity_window":"{window}"}}"#))
    });
    let groups = INCREASES.iter().map(|(mcc, more)| {
        let (kind, value) = match more {
            More::Units(units) => ("AMOUNT", units),
            More::Percent(percent) => ("PERCENT", percent),
            More::UpTo(units) => ("UP_TO_LIMIT", units),
        };
        (format!("/api/v1/mcc-groups/{mcc}"), format!(r#"{{"name":"{mcc}","mccs":["{mcc}"],"config":{{"authorization_controls":{{"hold_increase":{{"type":"{kind}","value":{value}}}}}}}}}"#))
    });
    limits.chain(groups).collect()
}

/// Amount and number of uses.
pub(crate) type Used = (i64, i64);

/// What an account has used of a limit, by the second in which each window begins.
pub(crate) fn used(
    program: &Program,
    history: &History,
    account: usize,
    limit: &SpendingLimit,
    began: i64,
) -> BTreeMap<i64, Used> {
    let mut windows: BTreeMap<i64, Used> = BTreeMap::new();
    let uses = model::uses(program, history, account, 0);
    for made in uses.iter().filter(|made| made.currency == limit.currency) {
        let sum = windows.entry(begins(limit.window, began + made.at));
        let (amount, times) = sum.or_default();
        (*amount, *times) = (*amount + made.amount, *times + 1);
    }
    windows
}

/// The first second of the window that this one is in.
pub(crate) fn begins(window: Window, at: i64) -> i64 {
    let date = OffsetDateTime::from_unix_timestamp(at).unwrap().date();
    let first = |month: Month| Date::from_calendar_date(date.year(), month, 1).unwrap();
    let days = i64::from(date.weekday().number_days_from_sunday());
    let day = match window {
        Window::Day => date,
        Window::Week => date.checked_sub(Duration::days(days)).unwrap(),
        Window::Month => first(date.month()),
        Window::Year => first(Month::January),
        _ => return 0,
    };
    day.midnight().assume_utc().unix_timestamp()
}

/// Where the counters of an account in memory differ.
pub(crate) fn differences(
    program: &Program,
    history: &History,
    number: usize,
    account: &Account,
    began: i64,
) -> Vec<String> {
    if !model::has_certain_uses(program, history, number) {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for limit in &LIMITS {
        let token = ControlToken::parse(limit.name).unwrap();
        let found = account.counters.iter().find(|(of, _)| **of == token);
        let counter = found.map(|(_, counter)| counter).unwrap();
        let expected = used(program, history, number, limit, began);
        let since = counter.since.map_or(i64::MIN, |since| since.0 / 1000);
        let known = counter.windows.iter().map(|(start, sum)| {
            let amount = model::minor(sum.amount, limit.currency);
            (start.0 / 1000, (amount, sum.uses))
        });
        let known: BTreeMap<i64, Used> = known.collect();
        let expected: BTreeMap<i64, Used> = expected
            .into_iter()
            .filter(|(start, _)| *start >= since)
            .collect();
        if known != expected {
            wrong.push(format!(
                "account {number}: {} counts {known:?}, and not {expected:?}",
                limit.name
            ));
        }
    }
    wrong
}
