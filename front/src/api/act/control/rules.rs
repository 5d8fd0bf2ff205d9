//! Somebody's rules: read by the names that they are stored under, so that a new rule needs nothing here.

use super::{ControlError, Putting};
use crate::api::act::Actor;
use holdfast_ledger::control::{Definition, Rules, RulesOf};
use holdfast_ledger::time::Moment;
use holdfast_store::Store;
use holdfast_wire::WireError;
use holdfast_wire::control::print;
use holdfast_wire::json::Object;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

const KIND: &str = "rules";

/// Somebody's rules, printed.
///
/// # Errors
/// [`ControlError::Unknown`] where nothing was ruled.
pub async fn rules(store: &Store, of: &RulesOf) -> Result<Box<RawValue>, ControlError> {
    let stored = store.control(KIND, &of.name()).await?;
    let stored = stored.ok_or_else(|| unknown(of))?;
    Ok(print(&stored.definition, None)?)
}

/// Replaces somebody's rules; what is left out is left to the wider ones.
///
/// # Errors
/// [`ControlError::Wrong`] and [`ControlError::NoRule`], naming the field.
pub async fn put_rules(
    store: &Store,
    actor: &Actor,
    of: RulesOf,
    body: &str,
    now: Moment,
) -> Result<Putting, ControlError> {
    let definition = Definition::Rules(of, read(body)?);
    let put = store.put_control(&definition, &actor.0, now).await?;
    let name = definition.name();
    tracing::info!(
        actor = %actor.0, rules = %name, revision = put.revision,
        "{} changed the rules of {name}", actor.0,
    );
    Ok(Putting {
        is_new: put.is_new,
        printed: print(&definition, None)?,
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
    let name = of.name();
    if !store.delete_control(KIND, &name, &actor.0, now).await? {
        return Err(unknown(of));
    }
    tracing::info!(actor = %actor.0, rules = %name, "{} deleted the rules of {name}", actor.0);
    Ok(())
}

fn unknown(of: &RulesOf) -> ControlError {
    ControlError::Unknown("rules of", of.name())
}

/// One field after the other, so that the wrong one can be named. What the rules do not give back is none.
fn read(body: &str) -> Result<Rules, ControlError> {
    Object::parse(body)?;
    let wanted: Map<String, Value> = serde_json::from_str(body)?;
    let said = wanted.into_iter().filter(|(_, value)| !value.is_null());
    let said: Map<String, Value> = said.collect();
    for (name, value) in &said {
        let alone = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
        let rules = as_rules(&alone).ok_or_else(|| wrong(name))?;
        if let Some(path) = lost(&alone, &serde_json::to_value(rules)?) {
            return Err(ControlError::NoRule(path));
        }
    }
    as_rules(&Value::Object(said)).ok_or_else(|| wrong("the rules together"))
}

fn as_rules(value: &Value) -> Option<Rules> {
    serde_json::from_value(value.clone()).ok()
}

fn wrong(name: &str) -> ControlError {
    ControlError::Wrong(WireError::Refused {
        path: short(name),
        rule: "cannot have this value".to_owned(),
    })
}

/// The path of the first name that is in the one and not in the other.
fn lost(said: &Value, kept: &Value) -> Option<String> {
    let (Value::Object(said), Value::Object(kept)) = (said, kept) else {
        return None;
    };
    let mut values = said.iter().filter(|(_, value)| !value.is_null());
    values.find_map(|(name, value)| match kept.get(name) {
        None => Some(short(name)),
        Some(kept) => lost(value, kept).map(|path| format!("{}.{path}", short(name))),
    })
}

/// Names of others are shortened.
fn short(name: &str) -> String {
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
            assert_eq!(lost(&said, &kept).as_deref(), wanted, "{said}");
        }
    }

    #[test]
    fn rules_are_an_object_of_known_names() {
        assert_eq!(read("{}").unwrap(), Rules::default());
        assert_eq!(read(r#"{"no_such_rule":null}"#).unwrap(), Rules::default());
        let unknown = read(r#"{"no_such_rule":true}"#).unwrap_err();
        assert!(matches!(&unknown, ControlError::NoRule(name) if name == "no_such_rule"));
        for body in ["[]", "{", r#"{"a":1,"a":2}"#] {
            assert!(matches!(read(body), Err(ControlError::Wrong(_))), "{body}");
        }
    }
}
