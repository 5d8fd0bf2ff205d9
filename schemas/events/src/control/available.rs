//! What is left of a spending limit (reference section 9.1, "available").

use super::{GivenFields, Kind, Times, add_times, given, velocity};
use holdfast_ledger::control::{Limit, Period, VelocityControl, Window, Zone};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::usage::Sum;
use serde::Serialize;
use serde_json::value::RawValue;

/// What is left of a limit's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Available {
    /// The amount, in the control's currency.
    pub amount: Amount,
    /// How many messages; `None` is no limit.
    pub uses: Option<i64>,
    /// Days of the window, today among them; `None` where it does not end.
    pub days: Option<i64>,
}

impl Available {
    /// The limit less what is used: never above the limit, never below nothing.
    #[must_use]
    pub fn of(limit: &Limit, used: Sum, days: Option<i64>) -> Self {
        let left = |uses: u32| i64::from(uses).saturating_sub(used.uses);
        Self {
            amount: amount_left(limit.amount, used),
            uses: limit.uses.map(|uses| left(uses).clamp(0, uses.into())),
            days,
        }
    }

    /// What is left at a moment in a period of the control's window; `None` for TRANSACTION, of which nothing is
    /// added up.
    #[must_use]
    pub fn at(
        control: &VelocityControl,
        (period, used): (Option<&Period>, Sum),
        now: Moment,
        zone: &Zone,
    ) -> Option<Self> {
        let days = || period.and_then(|period| period.days_left(now, zone));
        (control.window != Window::Transaction).then(|| Self::of(&control.limit, used, days()))
    }
}

fn amount_left(limit: Amount, used: Sum) -> Amount {
    match Amount::new(used.amount.value()) {
        Ok(spent) => limit.less(spent),
        // More was given back than spent, or more was spent than any limit.
        Err(_) if used.amount < Amount::ZERO.credit() => limit,
        Err(_) => Amount::ZERO,
    }
}

/// As Marqeta answers.
#[derive(Serialize)]
struct AvailableJson {
    amount: Box<RawValue>,
    uses: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    days_remaining: Option<i64>,
}

impl AvailableJson {
    fn of(available: &Available, currency: Currency) -> Result<Self, serde_json::Error> {
        Ok(Self {
            amount: RawValue::from_string(available.amount.text(currency))?,
            uses: available.uses.unwrap_or(-1),
            days_remaining: available.days,
        })
    }
}

#[derive(Serialize)]
struct With<'a> {
    #[serde(flatten)]
    control: velocity::VelocityControlJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    available: Option<AvailableJson>,
}

/// Prints a limit as Marqeta does, with what is left of it where it adds anything up.
///
/// # Errors
/// As serde does; no control that was read is one.
pub fn print_available(
    control: &VelocityControl,
    given: &GivenFields,
    times: Option<Times>,
    available: Option<&Available>,
) -> Result<Box<RawValue>, serde_json::Error> {
    let shown = available.map(|available| AvailableJson::of(available, control.currency));
    let with = With {
        control: velocity::VelocityControlJson::of(control)?,
        available: shown.transpose()?,
    };
    let printed = add_times(with, times)?;
    let mut warnings = given.warnings(Kind::Velocity);
    warnings.extend(velocity::warnings(control));
    given::overlay(printed, given, &warnings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfast_ledger::money::Signed;

    fn left(limit: &str, uses: Option<u32>, spent: &str, used: i64) -> (String, Option<i64>) {
        let amount = Amount::parse(limit).unwrap();
        let amount_used = Signed::new(spent.parse().unwrap());
        let sum = Sum {
            amount: amount_used,
            uses: used,
        };
        let left = Available::of(&Limit { amount, uses }, sum, None);
        let usd = Currency::parse("USD").unwrap();
        (left.amount.text(usd), left.uses)
    }

    #[test]
    fn what_is_left_is_never_below_nothing_nor_above_the_limit() {
        assert_eq!(left("10", Some(3), "4.5", 1), ("5.50".into(), Some(2)));
        assert_eq!(left("10", Some(3), "12", 4), ("0.00".into(), Some(0)));
        assert_eq!(left("10", Some(3), "-2", -1), ("10.00".into(), Some(3)));
        let (much, no_uses) = ("9000000000000000", ("0.00".into(), None));
        assert_eq!(left("10", None, much, 9), no_uses);
    }
}
