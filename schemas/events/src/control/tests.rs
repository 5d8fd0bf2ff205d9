//! Controls as programs send them: accepted, defaulted, printed, refused.

mod authorization;
mod given;
mod groups;
mod velocity;

use super::{Kind, ParsedControl, Times, parse_control, print};
use crate::json::FieldError;
use holdfast_ledger::control::Definition;
use holdfast_ledger::time::Moment;
use serde_json::{Value, json};

const CREATED: Moment = Moment(1_800_000_000_000);

fn parse(kind: Kind, token: &str, body: &str) -> Result<ParsedControl, FieldError> {
    parse_control(kind, token, body, CREATED)
}

fn definition(kind: Kind, body: &Value) -> Definition {
    parse(kind, "one", &body.to_string()).unwrap().definition
}

fn printed(control: &ParsedControl) -> Value {
    let text = print(&control.definition, &control.given, None).unwrap();
    serde_json::from_str(text.get()).unwrap()
}

/// What is printed of the body; printing that again changes nothing.
fn round(kind: Kind, body: &Value) -> Value {
    let read_once = parse(kind, "one", &body.to_string()).unwrap();
    let once = printed(&read_once);
    let again = parse(kind, "one", &once.to_string()).unwrap();
    assert_eq!(again.definition, read_once.definition, "{once}");
    assert_eq!(printed(&again), once);
    once
}

/// The body with one field in place of another.
fn with(body: &Value, name: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[name] = value;
    body
}

/// Each of these, put into the body, is refused, and the error names this path and tells this.
#[track_caller]
fn refuses(kind: Kind, body: &Value, wrong: &[(&str, Value, &str, &str)]) {
    for (name, value, path, expected) in wrong {
        let body = with(body, name, value.clone());
        let error = parse(kind, "one", &body.to_string()).unwrap_err();
        assert_eq!(error.field(), Some(*path), "{body}: {error}");
        assert!(error.to_string().contains(expected), "{body}: {error}");
    }
}

#[test]
fn the_token_is_the_one_in_the_path() {
    for kind in Kind::ALL {
        let body = match kind {
            Kind::Velocity => velocity::least(),
            Kind::Authorization => json!({"name": "n"}),
            Kind::Exemption => json!({"name": "n", "mid": "m"}),
            Kind::MccGroup => json!({"name": "n", "mccs": ["5411"]}),
            Kind::MerchantGroup => json!({"name": "n", "mids": ["m"]}),
        };
        let read_with = definition(kind, &with(&body, "token", json!("one")));
        assert_eq!(read_with, definition(kind, &body));
        assert_eq!(
            (read_with.kind(), read_with.name().as_str()),
            (kind.stored(), "one")
        );
        assert_eq!(Kind::stored_as(read_with.kind()), Some(kind));
        let other = json!("two");
        refuses(kind, &body, &[("token", other, "token", "in the path")]);
        refuses(kind, &body, &[("token", json!(7), "token", "text")]);
        let nameless = parse(kind, " ", &body.to_string()).unwrap_err();
        assert_eq!(nameless.field(), Some("token"));
    }
}

#[test]
fn times_are_printed_where_they_are_known() {
    let body = velocity::least().to_string();
    let control = parse(Kind::Velocity, "one", &body).unwrap();
    let times = Times {
        created: CREATED,
        changed: Moment(CREATED.0 + 1),
    };
    let text = print(&control.definition, &control.given, Some(times)).unwrap();
    assert!(
        text.get()
            .contains(r#""created_time":"2027-01-15T08:00:00.000Z""#)
    );
    assert!(
        text.get()
            .contains(r#""last_modified_time":"2027-01-15T08:00:00.001Z""#)
    );
}

#[test]
fn what_is_no_object_is_refused() {
    for body in ["", "[]", "{", r#"{"name":"a","name":"b"}"#] {
        assert!(parse(Kind::Authorization, "one", body).is_err(), "{body}");
    }
}
