//! `/program`.

use super::call::Call;
use super::error::ApiError;
use super::fields::require_value;
use super::response::ApiResponse;
use bytes::Bytes;
use holdfast_events::json::{self, Object};
use holdfast_funding::settings::ChangeError;
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::program::ProgramSettings;
use http::Method;
use serde_json::{Map, Value};

pub(super) async fn handle_program(call: Call) -> Result<ApiResponse, ApiError> {
    match call.method {
        // From the database: this front may not know yet what another one has changed.
        Method::GET => ApiResponse::ok(&call.context.store.settings().await?.0),
        Method::PUT => {
            call.require_role(OperatorRole::Admin)?;
            put_settings(call).await
        }
        _ => Err(ApiError::Method("GET, PUT")),
    }
}

async fn put_settings(call: Call) -> Result<ApiResponse, ApiError> {
    let (context, actor, body) = call.read_command().await?;
    let wanted = read_changes(&body)?;
    let changed = context
        .program
        .change(&actor, |stored| merge_settings(stored, &wanted))
        .await;
    let settings = changed.map_err(|error| match error {
        ChangeError::Wrong(error) => error,
        ChangeError::Store(error) => error.into(),
        ChangeError::Contended => ApiError::with_code(
            409,
            "contended",
            "updating the program settings failed: too many concurrent updates, try again",
            None,
        ),
    })?;
    let (actor, names) = (actor.name, wanted.iter().map(|(name, _)| name.as_str()));
    let names: Vec<&str> = names.collect();
    tracing::info!(actor = %actor, settings = ?wanted, "{actor} changed {}", names.join(", "));
    ApiResponse::ok(&*settings)
}

/// The fields that are to change, each once and with a value.
fn read_changes(body: &Bytes) -> Result<Vec<(String, Value)>, ApiError> {
    let text = json::utf8(body)?;
    let object = Object::parse(text)?;
    let mut fields = Vec::new();
    for (name, raw) in json::pairs(text)? {
        require_value(&object, &name, raw)?;
        let value = serde_json::from_str(raw.get()).map_err(|error| wrong_value(&name, &error))?;
        fields.push((name.into_owned(), value));
    }
    Ok(fields)
}

/// Puts one field after the other into the settings, so that the wrong one can be named.
fn merge_settings(
    stored: &ProgramSettings,
    wanted: &[(String, Value)],
) -> Result<ProgramSettings, ApiError> {
    let internal = |error: serde_json::Error| ApiError::Internal(error.to_string());
    let mut fields: Map<String, Value> = serde_json::to_value(stored)
        .and_then(serde_json::from_value)
        .map_err(internal)?;
    for (name, value) in wanted {
        let Some(field) = fields.get_mut(name) else {
            return Err(unknown_setting(name, &fields));
        };
        *field = value.clone();
        let read = serde_json::from_value::<ProgramSettings>(Value::Object(fields.clone()));
        read.map_err(|error| wrong_value(name, &error))?;
    }
    serde_json::from_value(Value::Object(fields)).map_err(internal)
}

fn unknown_setting(name: &str, known: &Map<String, Value>) -> ApiError {
    let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
    let known: Vec<&str> = known.keys().map(String::as_str).collect();
    let message = format!(
        "reading {name}: unknown setting; known are {}",
        known.join(", ")
    );
    ApiError::bad_request("unknown_field", &message, Some(&name))
}

/// `rule` says what was expected; a setting is no secret.
fn wrong_value(name: &str, rule: &serde_json::Error) -> ApiError {
    let message = format!("reading {name}: it cannot have this value: {rule}");
    ApiError::bad_request("invalid_field", &message, Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge_body(body: &'static str) -> Result<ProgramSettings, Option<String>> {
        let wanted = read_changes(&Bytes::from_static(body.as_bytes()));
        let settings =
            wanted.and_then(|wanted| merge_settings(&ProgramSettings::default(), &wanted));
        settings.map_err(|error| match error {
            ApiError::Coded {
                status: 400, field, ..
            } => field,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn absent_settings_keep_their_value() {
        let changed = merge_body(r#"{"hold_days":3,"time_zone":"Europe/Prague"}"#);
        let changed = changed.unwrap();
        assert_eq!(changed.hold_days, 3);
        assert_eq!(changed.time_zone.zone().name(), "Europe/Prague");
        assert!(!changed.partial_approval);
        assert_eq!(merge_body("{}").unwrap(), ProgramSettings::default());
    }

    #[test]
    fn the_wrong_setting_is_named() {
        for (body, field) in [
            (r#"{"hold_days":"7"}"#, Some("hold_days")),
            (r#"{"hold_days":-1}"#, Some("hold_days")),
            (
                r#"{"partial_approval":true,"timeout_policy":"maybe"}"#,
                Some("timeout_policy"),
            ),
            (
                r#"{"hold_days_by_mcc":{"hotel":30}}"#,
                Some("hold_days_by_mcc"),
            ),
            (
                r#"{"hold_days_by_mcc":{"3790-3501":30}}"#,
                Some("hold_days_by_mcc"),
            ),
            (r#"{"dispute_won":"perhaps"}"#, Some("dispute_won")),
            (r#"{"time_zone":"Mars/Olympus"}"#, Some("time_zone")),
            (r#"{"time_zone":"local"}"#, Some("time_zone")),
            (r#"{"time_zone":2}"#, Some("time_zone")),
            (r#"{"hold_weeks":1}"#, Some("hold_weeks")),
            (r#"{"partial_approval":null}"#, Some("partial_approval")),
            (r#"{"time_zone":""}"#, Some("time_zone")),
            (r#"{"hold_days":1,"hold_days":2}"#, Some("hold_days")),
            ("[]", None),
            ("{", None),
        ] {
            assert_eq!(merge_body(body).unwrap_err().as_deref(), field, "{body}");
        }
    }
}
