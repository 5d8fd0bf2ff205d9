//! Groups of merchant categories (reference section 9.3).

use super::fields::refuse_unknown;
use super::scope::range;
use crate::json::FieldError;
use crate::json::Object;
use holdfast_ledger::control::{Increase, MccGroup};
use holdfast_ledger::hold::MccRange;
use holdfast_ledger::money::Amount;
use holdfast_ledger::token::GroupToken;
use serde::Serialize;
use serde_json::value::RawValue;

/// Where authorizations are controlled at all and nothing is said.
const DAYS: u16 = 7;
const DAYS_MAX: u16 = 365;
const DAYS_FIELD: &str = "hold_expiration_days";

pub(super) fn read(body: &Object<'_>, token: GroupToken) -> Result<MccGroup, FieldError> {
    let name = body.text("name")?.ok_or_else(|| body.missing("name"))?;
    let holding = read_holding(body)?;
    let (increase, hold_days) = match holding {
        Some(holding) => (read_increase(&holding)?, Some(read_days(&holding)?)),
        None => (None, None),
    };
    Ok(MccGroup {
        token,
        name,
        mccs: read_mccs(body)?,
        active: body.flag("active")?.unwrap_or(true),
        increase,
        hold_days,
    })
}

/// `config.authorization_controls`, with none but known fields.
fn read_holding<'a>(body: &Object<'a>) -> Result<Option<Object<'a>>, FieldError> {
    let Some(config) = body.object("config")? else {
        return Ok(None);
    };
    refuse_unknown(&config, &["authorization_controls"])?;
    let holding = config.object("authorization_controls")?;
    if let Some(holding) = &holding {
        refuse_unknown(holding, &["hold_increase", DAYS_FIELD])?;
    }
    Ok(holding)
}

fn read_mccs(body: &Object<'_>) -> Result<Vec<MccRange>, FieldError> {
    let texts = body.texts("mccs")?.ok_or_else(|| body.missing("mccs"))?;
    if texts.is_empty() {
        return Err(body.refused("mccs", "must name at least one category"));
    }
    let read = |(at, text): (usize, &String)| {
        range(text).map_err(|rule| body.refused(&format!("mccs[{at}]"), rule))
    };
    texts.iter().enumerate().map(read).collect()
}

fn read_increase(holding: &Object<'_>) -> Result<Option<Increase>, FieldError> {
    let Some(increase) = holding.object("hold_increase")? else {
        return Ok(None);
    };
    refuse_unknown(&increase, &["type", "value"])?;
    let kind = increase.text("type")?;
    let kind = kind.ok_or_else(|| increase.missing("type"))?;
    let value = increase.amount("value", None)?;
    let value = value.ok_or_else(|| increase.missing("value"))?;
    match kind.as_str() {
        "AMOUNT" => Ok(Some(Increase::Amount(value))),
        "PERCENT" => Ok(Some(Increase::Percent(value))),
        "UP_TO_LIMIT" => Ok(Some(Increase::UpToLimit(value))),
        _ => Err(increase.refused("type", "must be one of AMOUNT, PERCENT, UP_TO_LIMIT")),
    }
}

fn read_days(holding: &Object<'_>) -> Result<u16, FieldError> {
    let name = DAYS_FIELD;
    let Some(text) = holding.raw(name).map(|raw| raw.get().trim_matches('"')) else {
        return Ok(DAYS);
    };
    let days = text
        .parse()
        .ok()
        .filter(|days| (1..=DAYS_MAX).contains(days));
    days.ok_or_else(|| {
        let rule = format!("must be a whole number of days from 1 to {DAYS_MAX}");
        holding.refused(name, rule)
    })
}

/// As Marqeta answers.
#[derive(Serialize)]
pub(super) struct MccGroupJson<'a> {
    token: &'a str,
    name: &'a str,
    active: bool,
    mccs: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<Config>,
}

#[derive(Serialize)]
struct Config {
    authorization_controls: Holding,
}

#[derive(Serialize)]
struct Holding {
    #[serde(skip_serializing_if = "Option::is_none")]
    hold_increase: Option<IncreaseJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hold_expiration_days: Option<u16>,
}

#[derive(Serialize)]
struct IncreaseJson {
    r#type: &'static str,
    value: Box<RawValue>,
}

impl IncreaseJson {
    fn of(increase: Increase) -> Result<Self, serde_json::Error> {
        let (kind, value): (_, Amount) = match increase {
            Increase::Amount(value) => ("AMOUNT", value),
            Increase::Percent(value) => ("PERCENT", value),
            Increase::UpToLimit(value) => ("UP_TO_LIMIT", value),
        };
        Ok(Self {
            r#type: kind,
            value: RawValue::from_string(value.value().to_string())?,
        })
    }
}

impl<'a> MccGroupJson<'a> {
    pub(super) fn of(group: &'a MccGroup) -> Result<Self, serde_json::Error> {
        let holding = Holding {
            hold_increase: group.increase.map(IncreaseJson::of).transpose()?,
            hold_expiration_days: group.hold_days,
        };
        let has_config = group.increase.is_some() || group.hold_days.is_some();
        Ok(Self {
            token: group.token.as_str(),
            name: &group.name,
            active: group.active,
            mccs: group.mccs.iter().map(ToString::to_string).collect(),
            config: has_config.then_some(Config {
                authorization_controls: holding,
            }),
        })
    }
}
