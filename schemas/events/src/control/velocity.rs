//! Spending limits (reference section 9.1).

use super::fields::refuse_unknown;
use super::money_in::{begins_money_in, normalize_type};
use super::scope::{self, Named};
use crate::json::FieldError;
use crate::json::Object;
use holdfast_ledger::control::{Counts, Limit, MoneyIn, VelocityControl, Window};
use holdfast_ledger::money::Currency;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::ControlToken;
use serde::Serialize;
use serde_json::value::RawValue;

const MONEY_IN_LISTS: [&str; 2] = ["include_credits_types", "include_network_load_types"];
const USES: &str = "usage_limit";
pub(super) const MONEY_IN: &str = "money_in_transaction";

pub(super) fn read(
    body: &Object<'_>,
    token: ControlToken,
    created: Moment,
) -> Result<VelocityControl, FieldError> {
    let flag = |name, default| Ok(body.flag(name)?.unwrap_or(default));
    let currency = read_currency(body)?;
    let amount = body.amount("amount_limit", Some(currency))?;
    let amount = amount.ok_or_else(|| body.missing("amount_limit"))?;
    let window = read_window(body)?;
    Ok(VelocityControl {
        token,
        name: body.text("name")?,
        active: flag("active", true)?,
        limit: Limit {
            amount,
            uses: read_use_limit(body, window)?,
        },
        currency,
        window,
        approvals_only: flag("approvals_only", true)?,
        counts: Counts {
            purchases: flag("include_purchases", true)?,
            withdrawals: flag("include_withdrawals", true)?,
            cash_back: flag("include_cashback", true)?,
            money_in: money_in(body, flag("include_credits", false)?)?,
        },
        applies: scope::applies(body)?,
        merchants: scope::merchants(body)?,
        created,
    })
}

/// `USD` or `840`: Marqeta's own answers have both.
fn read_currency(body: &Object<'_>) -> Result<Currency, FieldError> {
    let name = "currency_code";
    let code = body.code(name)?.ok_or_else(|| body.missing(name))?;
    let known = Currency::parse(&code).or_else(|| Currency::parse_number(&code));
    known.ok_or_else(|| body.refused(name, "must be a currency of iso 4217 such as USD or 840"))
}

fn read_window(body: &Object<'_>) -> Result<Window, FieldError> {
    let name = "velocity_window";
    let text = body.text(name)?.ok_or_else(|| body.missing(name))?;
    let known = Window::ALL
        .into_iter()
        .find(|window| window.as_str() == text);
    known.ok_or_else(|| {
        let all = Window::ALL.map(Window::as_str).join(", ");
        body.refused(name, format!("must be one of {all}"))
    })
}

/// How many messages; `None` is no limit.
fn read_use_limit(body: &Object<'_>, window: Window) -> Result<Option<u32>, FieldError> {
    let Some(text) = body.raw(USES).map(|raw| raw.get().trim_matches('"').trim()) else {
        return Ok(None);
    };
    let uses = text.parse::<i32>().ok().filter(|uses| *uses >= -1);
    let uses = uses.ok_or_else(|| {
        let rule = "must be a whole number from -1, which is no limit, to 2147483647";
        body.refused(USES, rule)
    })?;
    let uses = u32::try_from(uses).ok();
    if uses.is_some() && window == Window::Transaction {
        let rule = "must be left out where velocity_window is TRANSACTION: that is one message";
        return Err(body.refused(USES, rule));
    }
    Ok(uses)
}

fn money_in(body: &Object<'_>, all: bool) -> Result<MoneyIn, FieldError> {
    let mut types = Vec::new();
    if let Some(listed) = body.object(MONEY_IN)? {
        refuse_unknown(&listed, &MONEY_IN_LISTS)?;
        for name in MONEY_IN_LISTS {
            types.extend(listed.texts(name)?.unwrap_or_default());
        }
    }
    match (all, types.is_empty()) {
        (true, true) => Ok(MoneyIn::All),
        (true, false) => {
            let rule = "must be left out where include_credits is true: that is all of them";
            Err(body.refused(MONEY_IN, rule))
        }
        (false, true) => Ok(MoneyIn::No),
        (false, false) => Ok(MoneyIn::Types(types)),
    }
}

/// Does it list types of money that comes in? Which list a type is in decides nothing here, and is shown as given.
pub(super) fn lists_money_in(body: &Object<'_>) -> Result<bool, FieldError> {
    Ok(matches!(money_in(body, false)?, MoneyIn::Types(_)))
}

/// A warning for each listed type that no money that comes in can have: such a type counts nothing.
pub(super) fn warnings(control: &VelocityControl) -> Vec<String> {
    let MoneyIn::Types(types) = &control.counts.money_in else {
        return Vec::new();
    };
    let unknown = types.iter().filter(|name| !begins_money_in(name));
    unknown
        .map(|name| format!("{MONEY_IN}: {name} has no effect here, no known type begins so"))
        .collect()
}

/// Checks the type of a field that has no effect here.
pub(super) fn check_inert(body: &Object<'_>, name: &str) -> Result<(), FieldError> {
    match name {
        // Marqeta takes it and does nothing about it: there are no transfers between accounts.
        "include_transfers" => body.flag(name).map(drop),
        // Windows here begin where Marqeta documents it: weeks on Sunday, months on the first.
        _ => start_day(body, name),
    }
}

fn start_day(body: &Object<'_>, name: &str) -> Result<(), FieldError> {
    let Some(raw) = body.raw(name) else {
        return Ok(());
    };
    match raw.get().trim_matches('"').parse::<i32>() {
        Ok(1..) => Ok(()),
        _ => Err(body.refused(name, "must be a whole number from 1 to 2147483647")),
    }
}

/// As Marqeta answers.
#[derive(Serialize)]
pub(super) struct VelocityControlJson<'a> {
    token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    active: bool,
    amount_limit: Box<RawValue>,
    currency_code: &'static str,
    velocity_window: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_limit: Option<i64>,
    approvals_only: bool,
    include_purchases: bool,
    include_withdrawals: bool,
    include_cashback: bool,
    include_credits: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    money_in_transaction: Option<Listed<'a>>,
    association: Named,
    merchant_scope: Named,
}

#[derive(Serialize)]
struct Listed<'a> {
    include_credits_types: Vec<&'a str>,
    include_network_load_types: Vec<&'a str>,
}

impl<'a> Listed<'a> {
    /// The name of a type says which list it was in.
    fn of(types: &'a [String]) -> Self {
        let is_load = |name: &&str| normalize_type(name).starts_with("network.load");
        let (loads, credits) = types.iter().map(String::as_str).partition(is_load);
        Self {
            include_credits_types: credits,
            include_network_load_types: loads,
        }
    }
}

impl<'a> VelocityControlJson<'a> {
    pub(super) fn of(control: &'a VelocityControl) -> Result<Self, serde_json::Error> {
        let (counts, limit) = (&control.counts, &control.limit);
        let listed = match &counts.money_in {
            MoneyIn::Types(types) => Some(Listed::of(types)),
            MoneyIn::No | MoneyIn::All => None,
        };
        let uses = limit.uses.map_or(-1, i64::from);
        Ok(Self {
            token: control.token.as_str(),
            name: control.name.as_deref(),
            active: control.active,
            amount_limit: RawValue::from_string(limit.amount.text(control.currency))?,
            currency_code: control.currency.code(),
            velocity_window: control.window.as_str(),
            usage_limit: (control.window != Window::Transaction).then_some(uses),
            approvals_only: control.approvals_only,
            include_purchases: counts.purchases,
            include_withdrawals: counts.withdrawals,
            include_cashback: counts.cash_back,
            include_credits: counts.money_in == MoneyIn::All,
            money_in_transaction: listed,
            association: scope::association(&control.applies),
            merchant_scope: scope::merchant_scope(&control.merchants),
        })
    }
}
