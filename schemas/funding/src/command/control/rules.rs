//! The rules of an account or card: read by the names that they are stored under, so that a new rule needs nothing here.

use super::change::ControlChange;
use super::{ControlError, Putting};
use crate::command::Actor;
use crate::command::audited::CommandUnit;
use holdfast_events::control::{GivenFields, print};
use holdfast_events::json::FieldError;
use holdfast_events::json::Object;
use holdfast_ledger::control::{Definition, Rules, RulesOf};
use holdfast_ledger::time::Moment;
use holdfast_store::Store;
use holdfast_store::control::NOTHING_GIVEN;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

const KIND: &str = "rules";

/// The rules of an account or card, printed.
///
/// # Errors
/// [`ControlError::Unknown`] where nothing was ruled.
pub async fn rules(store: &Store, of: &RulesOf) -> Result<Box<RawValue>, ControlError> {
    let stored = store.control(KIND, &of.name()).await?;
    let stored = stored.ok_or_else(|| unknown_owner(of))?;
    Ok(print(&stored.definition, &GivenFields::default(), None)?)
}

/// Replaces the rules of a program, an account or a card; what is left out is left to the wider ones.
///
/// # Errors
/// [`ControlError::Wrong`], naming the field; for an unknown one the nearest known one as well.
pub async fn put_rules(
    store: &Store,
    actor: &Actor,
    of: RulesOf,
    body: &str,
    now: Moment,
) -> Result<Putting, ControlError> {
    let definition = Definition::Rules(of, read(body)?);
    let mut unit = CommandUnit::begin(store).await?;
    unit.lock_controls().await?;
    let before = unit.control(KIND, &definition.name()).await?;
    let change = ControlChange {
        actor,
        before,
        after: Some((&definition, NOTHING_GIVEN)),
        now,
    };
    let is_new = change.put_definition(store, unit).await?;
    Ok(Putting {
        is_new,
        printed: print(&definition, &GivenFields::default(), None)?,
    })
}

/// Leaves everything to the wider rules.
///
/// # Errors
/// [`ControlError::Unknown`] where nothing was ruled.
pub async fn delete_rules(
    store: &Store,
    actor: &Actor,
    of: &RulesOf,
    now: Moment,
) -> Result<(), ControlError> {
    let mut unit = CommandUnit::begin(store).await?;
    unit.lock_controls().await?;
    let before = unit.control(KIND, &of.name()).await?;
    let change = ControlChange {
        actor,
        before: Some(before.ok_or_else(|| unknown_owner(of))?),
        after: None,
        now,
    };
    change.delete_definition(store, unit).await
}

fn unknown_owner(of: &RulesOf) -> ControlError {
    ControlError::Unknown("rules of", of.name())
}

/// One field after the other, so that the wrong one can be named. What the rules do not give back is none.
fn read(body: &str) -> Result<Rules, ControlError> {
    let names = Object::parse(body)?;
    if let Some(name) = names.names().find(|name| !Rules::NAMES.contains(name)) {
        return Err(names.unknown(name, &Rules::NAMES).into());
    }
    let wanted: Map<String, Value> = serde_json::from_str(body)?;
    let said = wanted.into_iter().filter(|(_, value)| !value.is_null());
    let said: Map<String, Value> = said.collect();
    for (name, value) in &said {
        let alone = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
        let rules = parse_rules(&alone, name)?;
        if let Some(path) = find_lost_field(&alone, &serde_json::to_value(rules)?) {
            let rule = "is no rule: leave it out".to_owned();
            return Err(FieldError::Refused { path, rule }.into());
        }
    }
    parse_rules(&Value::Object(said), "the rules together")
}

/// What serde says names the values that are known, such as the channels.
fn parse_rules(value: &Value, name: &str) -> Result<Rules, ControlError> {
    serde_json::from_value(value.clone()).map_err(|error| {
        let (path, rule) = (
            shorten_name(name),
            format!("cannot have this value: {error}"),
        );
        FieldError::Refused { path, rule }.into()
    })
}

/// The path of the first name that is in the one and not in the other.
fn find_lost_field(said: &Value, kept: &Value) -> Option<String> {
    let (Value::Object(said), Value::Object(kept)) = (said, kept) else {
        return None;
    };
    let mut values = said.iter().filter(|(_, value)| !value.is_null());
    values.find_map(|(name, value)| match kept.get(name) {
        None => Some(shorten_name(name)),
        Some(kept) => {
            find_lost_field(value, kept).map(|path| format!("{}.{path}", shorten_name(name)))
        }
    })
}

/// Names of others are shortened.
fn shorten_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_name_that_is_not_kept_is_found_however_deep() {
        let kept = json!({"a": {"b": 1}, "c": [1]});
        for (said, wanted) in [
            (json!({"a": {"b": 2}, "c": 7}), None),
            (json!({"d": 1}), Some("d")),
            (json!({"d": null}), None),
            (json!({"a": {"b": 1, "x": 1}}), Some("a.x")),
        ] {
            assert_eq!(find_lost_field(&said, &kept).as_deref(), wanted, "{said}");
        }
    }

    #[test]
    fn rules_are_an_object_of_known_names() {
        assert_eq!(read("{}").unwrap(), Rules::default());
        let nulls = Rules::NAMES.map(|name| (name, Value::Null));
        let nulls = serde_json::to_string(&std::collections::BTreeMap::from(nulls)).unwrap();
        assert_eq!(read(&nulls).unwrap(), Rules::default());
        for body in [r#"{"chanels":null}"#, r#"{"chanels":{"atm":true}}"#] {
            let unknown = read(body).unwrap_err();
            let ControlError::Wrong(error) = &unknown else {
                panic!("{unknown}")
            };
            assert_eq!(
                (error.code(), error.field()),
                ("unknown_field", Some("chanels"))
            );
            assert!(
                error.to_string().ends_with("the nearest is channels"),
                "{error}"
            );
        }
        for body in ["[]", "{", r#"{"a":1,"a":2}"#] {
            assert!(matches!(read(body), Err(ControlError::Wrong(_))), "{body}");
        }
    }

    #[test]
    fn a_wrong_value_is_named_with_those_that_are_known() {
        for (body, field, wanted) in [
            (r#"{"channels":{"atmm":true}}"#, "channels", "`atm`"),
            (r#"{"channels":{"atm":"so"}}"#, "channels", "boolean"),
            (r#"{"risk":{"luck":7}}"#, "risk", "transaction_risk_score"),
            (r#"{"countries":{"only":["USA"]}}"#, "countries", "`allow`"),
        ] {
            let error = read(body).unwrap_err();
            let ControlError::Wrong(error) = error else {
                panic!("{error}")
            };
            assert_eq!(error.field(), Some(field), "{body}");
            assert!(error.to_string().contains(wanted), "{body}: {error}");
        }
    }
}
