//! `/program`.

use super::call::Call;
use super::error::ApiError;
use super::reply::Reply;
use bytes::Bytes;
use holdfast_funding::settings::ChangeError;
use holdfast_marqeta::json::{self, Object};
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::program::ProgramSettings;
use http::Method;
use serde_json::{Map, Value};

pub(super) async fn program(call: Call) -> Result<Reply, ApiError> {
    match call.method {
        // From the database: this front may not yet have heard of what another one has changed.
        Method::GET => Reply::ok(&call.context.store.settings().await?.0),
        Method::PUT => {
            call.needs(OperatorRole::Admin)?;
            put(call).await
        }
        _ => Err(ApiError::Method("GET, PUT")),
    }
}

async fn put(call: Call) -> Result<Reply, ApiError> {
    let (context, actor) = (call.context.clone(), call.operator.name.clone());
    let wanted = read(&call.body().await?)?;
    let changed = context
        .program
        .change(|stored| merged(stored, &wanted))
        .await;
    let settings = changed.map_err(|error| match error {
        ChangeError::Wrong(error) => error,
        ChangeError::Store(error) => error.into(),
        ChangeError::Contended => ApiError::told(
            409,
            "contended",
            "others change the settings all the time",
            None,
        ),
    })?;
    let names: Vec<&str> = wanted.iter().map(|(name, _)| name.as_str()).collect();
    tracing::info!(actor = %actor, settings = ?wanted, "{actor} changed {}", names.join(", "));
    Reply::ok(&*settings)
}

/// The fields that are to change, each once; a field that is null keeps its value.
fn read(body: &Bytes) -> Result<Vec<(String, Value)>, ApiError> {
    let text = json::utf8(body)?;
    Object::parse(text)?;
    let mut fields = Vec::new();
    for (name, raw) in json::pairs(text)? {
        let value: Value = serde_json::from_str(raw.get()).map_err(|_| wrong(&name))?;
        if !value.is_null() {
            fields.push((name.into_owned(), value));
        }
    }
    Ok(fields)
}

/// Puts one field after the other into the settings, so that the wrong one can be named.
fn merged(
    stored: &ProgramSettings,
    wanted: &[(String, Value)],
) -> Result<ProgramSettings, ApiError> {
    let internal = |error: serde_json::Error| ApiError::Internal(error.to_string());
    let mut fields: Map<String, Value> = serde_json::to_value(stored)
        .and_then(serde_json::from_value)
        .map_err(internal)?;
    for (name, value) in wanted {
        let Some(field) = fields.get_mut(name) else {
            return Err(unknown(name));
        };
        *field = value.clone();
        let read = serde_json::from_value::<ProgramSettings>(Value::Object(fields.clone()));
        read.map_err(|_| wrong(name))?;
    }
    serde_json::from_value(Value::Object(fields)).map_err(internal)
}

fn unknown(name: &str) -> ApiError {
    let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
    ApiError::bad(
        "unknown_field",
        &format!("{name} is no setting"),
        Some(&name),
    )
}

fn wrong(name: &str) -> ApiError {
    ApiError::bad(
        "invalid_field",
        &format!("{name} cannot have this value"),
        Some(name),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(body: &'static str) -> Result<ProgramSettings, Option<String>> {
        let wanted = read(&Bytes::from_static(body.as_bytes()));
        let settings = wanted.and_then(|wanted| merged(&ProgramSettings::default(), &wanted));
        settings.map_err(|error| match error {
            ApiError::Told {
                status: 400, field, ..
            } => field,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn absent_settings_keep_their_value() {
        let changed = put(r#"{"hold_days":3,"time_zone":"Europe/Prague","partial_approval":null}"#);
        let changed = changed.unwrap();
        assert_eq!(changed.hold_days, 3);
        assert_eq!(changed.time_zone.zone().name(), "Europe/Prague");
        assert!(!changed.partial_approval);
        assert_eq!(put("{}").unwrap(), ProgramSettings::default());
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
            (r#"{"hold_days":1,"hold_days":2}"#, Some("hold_days")),
            ("[]", None),
            ("{", None),
        ] {
            assert_eq!(put(body).unwrap_err().as_deref(), field, "{body}");
        }
    }
}
