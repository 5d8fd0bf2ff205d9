//! Odd values, and items that hold one.

use holdfast_simulator::Json;
use holdfast_tests::Messages;
use holdfast_tests::message::{confirmed, with};

/// Values without effect in a field that is not read: JSON, but beyond what most readers take.
pub(super) fn odd_values() -> [(&'static str, String); 7] {
    [
        ("deep arrays", nested("[", "", "]")),
        ("deep objects", nested("{\"a\":", "1", "}")),
        ("a huge exponent", "1e400".to_owned()),
        ("400 digits", "9".repeat(400)),
        ("a lone surrogate", r#""\ud800""#.to_owned()),
        (
            "surrogates the wrong way round",
            r#""\udc00\ud800""#.to_owned(),
        ),
        ("a null character", r#""a\u0000b""#.to_owned()),
    ]
}

/// 10,000 levels.
pub(super) fn nested(open: &str, inside: &str, close: &str) -> String {
    format!("{}{inside}{}", open.repeat(10_000), close.repeat(10_000))
}

/// Values that are no token.
pub(super) fn no_tokens() -> Vec<String> {
    let mut values: Vec<String> = ["7", "1e400", "true", "[]", "{}"].map(str::to_owned).into();
    values.extend([r#""\ud800""#, r#""\udc00\ud800""#, r#""a\u0000b""#].map(str::to_owned));
    values.extend([r#""a\nb""#.to_owned(), format!("\"{}\"", "x".repeat(129))]);
    values.push(nested("[", "", "]"));
    values
}

pub(super) fn raw(text: &str) -> Json {
    Json::Raw(text.to_owned())
}

/// Enough of a value to know it by.
pub(super) fn start(text: &str) -> String {
    text.chars().take(24).collect()
}

/// Items with one thing wrong that the books depend on.
pub(super) fn poisons(messages: &mut Messages) -> Vec<String> {
    let mut fresh = || confirmed(&messages.purchase("payer", "1.00"));
    let mut wrong: Vec<(&str, String)> = Vec::new();
    for value in no_tokens() {
        wrong.push(("token", value.clone()));
        wrong.push(("gpa_order.jit_funding.user_token", value));
    }
    wrong.extend(["null", "\"\""].map(|value| ("token", value.to_owned())));
    let digits = "9".repeat(400);
    for value in [
        "1e400",
        "-1",
        "\"NaN\"",
        "\"Infinity\"",
        "true",
        "[]",
        &digits,
    ] {
        wrong.push(("gpa_order.jit_funding.amount", value.to_owned()));
    }
    for field in [
        "type",
        "currency_code",
        "gpa_order",
        "gpa_order.jit_funding",
    ] {
        wrong.push((field, "7".to_owned()));
    }
    let set = |(field, value): &(&str, String)| with(&fresh(), field, raw(value)).to_string();
    let mut poisons: Vec<String> = wrong.iter().map(set).collect();
    for level in ["{", "\"gpa_order\":{", "\"jit_funding\":{"] {
        let twice = format!("{level}\"new\":1,\"new\":2,");
        poisons.push(fresh().to_string().replacen(level, &twice, 1));
    }
    poisons.extend(odd_values().map(|(_, value)| value));
    poisons
}
