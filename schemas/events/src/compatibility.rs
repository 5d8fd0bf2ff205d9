//! May one schema of a topic follow another within a version of the topic? A reader that was written by the older one
//! must still be able to read.

use serde_json::{Map, Value};

/// What keeps the newer schema from following the older one, a sentence for each place; none where it may.
#[must_use]
pub fn find_breaks(older: &Value, newer: &Value) -> Vec<String> {
    let schemas = Schemas { older, newer };
    let mut breaks = Vec::new();
    schemas.compare("", older, newer, &mut breaks);
    breaks
}

/// Two whole schemas, in which references are looked up.
struct Schemas<'a> {
    older: &'a Value,
    newer: &'a Value,
}

/// Keywords that say which values are valid. A change of one is a break, since it makes a value invalid, or one that
/// the older reader never met valid.
const RULES: [&str; 8] = [
    "type",
    "format",
    "pattern",
    "enum",
    "const",
    "minimum",
    "maximum",
    "additionalProperties",
];

impl Schemas<'_> {
    fn compare(&self, at: &str, older: &Value, newer: &Value, breaks: &mut Vec<String>) {
        let (older, newer) = (resolve(self.older, older), resolve(self.newer, newer));
        for rule in RULES {
            let (was, is) = (older.get(rule), newer.get(rule));
            if was != is {
                let show =
                    |rule: Option<&Value>| rule.map_or("absent".to_owned(), Value::to_string);
                let (was, is) = (show(was), show(is));
                breaks.push(format!("{}: {rule} was {was} and is {is}", place(at)));
            }
        }
        self.compare_fields(at, older, newer, breaks);
        if let (Some(older), Some(newer)) = (older.get("items"), newer.get("items")) {
            self.compare(&format!("{at}[]"), older, newer, breaks);
        }
    }

    fn compare_fields(&self, at: &str, older: &Value, newer: &Value, breaks: &mut Vec<String>) {
        let (was, is) = (fields(older), fields(newer));
        for (name, field) in &was {
            let at = format!("{at}.{name}");
            match is.get(name) {
                Some(newer) => self.compare(&at, field, newer, breaks),
                None => breaks.push(format!("{}: removed", place(&at))),
            }
        }
        let (was, is) = (required(older), required(newer));
        for name in is.iter().filter(|name| !was.contains(name)) {
            let at = format!("{at}.{name}");
            breaks.push(format!("{}: required, which it was not", place(&at)));
        }
        for name in was.iter().filter(|name| !is.contains(name)) {
            let at = format!("{at}.{name}");
            breaks.push(format!("{}: was required and is not", place(&at)));
        }
    }
}

fn place(at: &str) -> &str {
    match at.strip_prefix('.') {
        Some(at) => at,
        None => "value",
    }
}

/// The schema that a reference names; itself where it is none. An optional object is `anyOf` of a reference and null.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let choices = schema.get("anyOf").and_then(Value::as_array);
    let choice = choices
        .into_iter()
        .flatten()
        .find(|choice| choice.get("$ref").is_some());
    let schema = choice.unwrap_or(schema);
    let name = schema.get("$ref").and_then(Value::as_str);
    let name = name.and_then(|name| name.strip_prefix("#/$defs/"));
    let named = name.and_then(|name| root.get("$defs")?.get(name));
    named.unwrap_or(schema)
}

fn fields(schema: &Value) -> Map<String, Value> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.cloned().unwrap_or_default()
}

fn required(schema: &Value) -> Vec<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema() -> Value {
        json!({
            "type": "object", "required": ["a"],
            "properties": {
                "a": {"type": "string", "pattern": "^x"},
                "b": {"anyOf": [{"$ref": "#/$defs/B"}, {"type": "null"}]},
                "c": {"type": "array", "items": {"$ref": "#/$defs/B"}},
            },
            "$defs": {"B": {"type": "object", "properties": {"d": {"type": ["string", "null"]}}}},
        })
    }

    #[test]
    fn a_new_optional_field_and_other_words_break_nothing() {
        let mut newer = schema();
        newer["properties"]["e"] = json!({"type": "integer"});
        newer["$defs"]["B"]["properties"]["f"] = json!({"type": "string"});
        newer["properties"]["a"]["description"] = json!("other words");
        assert_eq!(find_breaks(&schema(), &newer), [""; 0]);
    }

    #[test]
    fn each_break_is_found_with_its_place() {
        let change = |change: fn(&mut Value)| {
            let mut newer = schema();
            change(&mut newer);
            find_breaks(&schema(), &newer)
        };
        for (found, wanted) in [
            (
                change(|s| drop(s["properties"].as_object_mut().unwrap().remove("b"))),
                vec!["b: removed"],
            ),
            (
                change(|s| s["$defs"]["B"]["properties"]["d"]["type"] = json!("string")),
                vec![
                    r#"b.d: type was ["string","null"] and is "string""#,
                    r#"c[].d: type was ["string","null"] and is "string""#,
                ],
            ),
            (
                change(|s| s["properties"]["a"]["pattern"] = json!("^xy")),
                vec![r#"a: pattern was "^x" and is "^xy""#],
            ),
            (
                change(|s| s["properties"]["a"]["enum"] = json!(["x"])),
                vec![r#"a: enum was absent and is ["x"]"#],
            ),
            (
                change(|s| s["required"] = json!(["a", "b"])),
                vec!["b: required, which it was not"],
            ),
            (
                change(|s| s["required"] = json!([])),
                vec!["a: was required and is not"],
            ),
            (
                change(|s| s["additionalProperties"] = json!(false)),
                vec!["value: additionalProperties was absent and is false"],
            ),
        ] {
            assert_eq!(found, wanted);
        }
    }
}
