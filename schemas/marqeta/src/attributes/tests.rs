//! Every way in which a message tells how a purchase is made, odd ones included.

use crate::fixture::request;
use crate::transaction::Transaction;
use holdfast_ledger::control::{
    Authentication, Channel, Channels, Country, RiskScore, TransactionAttributes,
};

fn read(changes: &[(&str, &str)]) -> TransactionAttributes {
    Transaction::parse_request(request(changes).as_bytes())
        .unwrap()
        .attributes
}

const POS: &str = r#""pos":{"pan_entry_mode":"CHIP_CONTACTLESS","pin_entry_mode":"TRUE","partial_approval_capable":true,"purchase_amount_only":false}"#;
const FRAUD: &str =
    r#""fraud":{"network":{"transaction_risk_score":12,"account_risk_score":"03"}}"#;
const ACCEPTOR_COUNTRY: &str = r#""country_code":"USA""#;

/// The request with other words about the terminal.
fn at(terminal: &str) -> TransactionAttributes {
    read(&[(POS, terminal)])
}

fn channels(of: &TransactionAttributes) -> Vec<&'static str> {
    of.channels.iter().map(Channel::as_str).collect()
}

#[test]
fn a_chip_purchase_is_read_as_it_was_made() {
    let read = read(&[]);
    assert_eq!(channels(&read), ["contactless"]);
    assert_eq!(read.country.map(Country::code), Some("USA"));
    assert_eq!(read.scores[&RiskScore::Transaction], 12);
    assert_eq!(read.scores[&RiskScore::Account], 3);
    assert_eq!(read.authentication, Authentication::Unknown);
}

#[test]
fn channels_are_read_from_many_places() {
    for (terminal, wanted) in [
        (
            r#""pos":{"pan_entry_mode":"MAG_STRIPE"}"#,
            vec!["magnetic_stripe"],
        ),
        (
            r#""pos":{"pan_entry_mode":"CHIP_FALLBACK"}"#,
            vec!["magnetic_stripe"],
        ),
        (
            r#""pos":{"pan_entry_mode":"MAG_STRIPE_CONTACTLESS"}"#,
            vec!["contactless"],
        ),
        (
            r#""pos":{"pan_entry_mode":"chip-contactless "}"#,
            vec!["contactless"],
        ),
        (r#""pos":{"pan_entry_mode":"CHIP"}"#, vec![]),
        (r#""pos":{"pan_entry_mode":"SOMETHING_NEW"}"#, vec![]),
        (r#""pos":{"is_recurring":"true"}"#, vec!["recurring"]),
        (r#""pos":{"is_recurring":1}"#, vec!["recurring"]),
        (r#""pos":{"is_recurring":"perhaps"}"#, vec![]),
        (
            r#""pos":{"transaction_initiated_category":"RECURRING_PAYMENT"}"#,
            vec!["recurring"],
        ),
        (
            r#""pos":{"special_condition_indicator":"QUASI_CASH"}"#,
            vec!["quasi_cash"],
        ),
        (
            r#""pos":{"special_condition_indicator":"CRYPTOCURRENCY_PURCHASE"}"#,
            vec!["quasi_cash"],
        ),
        (
            r#""transaction_metadata":{"payment_channel":"ECOMMERCE"}"#,
            vec!["ecommerce"],
        ),
        (
            r#""transaction_metadata":{"payment_channel":"ATM"}"#,
            vec!["atm"],
        ),
        (
            r#""transaction_metadata":{"payment_channel":"OTHER"}"#,
            vec![],
        ),
        (
            r#""transaction_metadata":{"cross_border_transaction":true}"#,
            vec!["abroad"],
        ),
        (
            r#""transaction_metadata":{"cross_border_transaction":"1"}"#,
            vec!["abroad"],
        ),
        (
            r#""transaction_metadata":{"cross_border_transaction":false}"#,
            vec![],
        ),
        (
            r#""pos":{"pan_entry_mode":"MAG_STRIPE","is_recurring":true},"transaction_metadata":{"payment_channel":"ATM"}"#,
            vec!["magnetic_stripe", "atm", "recurring"],
        ),
    ] {
        assert_eq!(channels(&at(terminal)), wanted, "{terminal}");
    }
}

#[test]
fn the_type_tells_of_machines_and_quasi_cash() {
    for (kind, wanted) in [
        ("authorization.atm.withdrawal", vec!["contactless", "atm"]),
        ("pindebit.atm.withdrawal", vec!["contactless", "atm"]),
        (
            "authorization.quasi.cash",
            vec!["contactless", "quasi_cash"],
        ),
        ("pindebit.quasi.cash", vec!["contactless", "quasi_cash"]),
        ("authorization.cashback", vec!["contactless"]),
    ] {
        let kind_of = format!(r#""type":"{kind}""#);
        let found = read(&[(r#""type":"authorization""#, &kind_of)]);
        assert_eq!(channels(&found), wanted, "{kind}");
    }
}

#[test]
fn the_older_model_is_read_where_it_keeps_them() {
    let poi = r#""country":"US ","poi":{"channel":"ECOMMERCE","pan_entry_mode":"MAG_STRIPE"}"#;
    let found = read(&[(ACCEPTOR_COUNTRY, poi), (POS, r#""pos":null"#)]);
    assert_eq!(channels(&found), ["ecommerce", "magnetic_stripe"]);
    assert_eq!(found.country.map(Country::code), Some("USA"));
}

#[test]
fn the_country_is_the_merchants_else_the_terminals() {
    for (merchant, terminal, wanted) in [
        ("\"country_code\":\"FRA\"", "840", Some("FRA")),
        ("\"country_code\":\"fra \"", "840", Some("FRA")),
        ("\"country_code\":\"250\"", "840", Some("FRA")),
        ("\"country_code\":\"\"", "840", Some("USA")),
        ("\"country_code\":{}", "840", Some("USA")),
        ("\"country_code\":\"ZZZ\"", "", None),
        ("\"x\":1", "", None),
    ] {
        let pos = format!(r#""pos":{{"country_code":"{terminal}"}}"#);
        let found = read(&[(ACCEPTOR_COUNTRY, merchant), (POS, &pos)]);
        assert_eq!(
            found.country.map(Country::code),
            wanted,
            "{merchant} {terminal}"
        );
    }
}

#[test]
fn scores_are_numbers_or_texts() {
    for (sent, wanted) in [
        ("97", Some(97)),
        ("\"9 \"", Some(9)),
        ("\"00\"", Some(0)),
        ("\"03\"", Some(3)),
        ("997.0", Some(997)),
        ("\"AA\"", None),
        ("\"\"", None),
        ("-1", None),
        ("1e30", None),
        ("999999999999", None),
        ("null", None),
        ("[]", None),
        ("true", None),
    ] {
        for score in RiskScore::ALL {
            let network = format!(r#""fraud":{{"network":{{"{}":{sent}}}}}"#, score.as_str());
            let found = read(&[(FRAUD, &network)]);
            assert_eq!(found.scores.get(&score).copied(), wanted, "{network}");
        }
    }
}

#[test]
fn two_fields_give_the_result_of_authentication_and_a_third_denies_it() {
    for (proof, wanted) in [
        (
            r#""electronic_commerce_indicator":"authentication_successful""#,
            Authentication::Successful,
        ),
        (
            r#""electronic_commerce_indicator":"authentication_successful","verification_result":"verified""#,
            Authentication::Successful,
        ),
        (
            r#""electronic_commerce_indicator":"authentication_successful","verification_result":"failed""#,
            Authentication::Failed,
        ),
        (
            r#""electronic_commerce_indicator":"authentication_attempted""#,
            Authentication::Attempted,
        ),
        (
            r#""electronic_commerce_indicator":"no_authentication""#,
            Authentication::Not,
        ),
        (
            r#""authentication_status":"SUCCESSFUL""#,
            Authentication::Successful,
        ),
        (
            r#""authentication_status":"ATTEMPTED""#,
            Authentication::Attempted,
        ),
        (
            r#""authentication_status":"EXEMPTION_CLAIMED""#,
            Authentication::Not,
        ),
        (
            r#""authentication_status":"FAILED""#,
            Authentication::Failed,
        ),
        (
            r#""authentication_status":"SOMETHING_NEW""#,
            Authentication::Not,
        ),
        (
            r#""authentication_status":[],"acquirer_exemption":["LOW_VALUE_PAYMENT"]"#,
            Authentication::Unknown,
        ),
        ("", Authentication::Unknown),
    ] {
        let data = format!(r#""cardholder_authentication_data":{{{proof}}}"#);
        assert_eq!(at(&data).authentication, wanted, "{proof}");
    }
}

#[test]
fn nothing_here_makes_a_request_unreadable() {
    for odd in [
        "7",
        "[]",
        "\"x\"",
        "null",
        "true",
        "{}",
        r#"{"network":[]}"#,
        r#"{"a":1,"a":2}"#,
    ] {
        for part in ["transaction_metadata", "cardholder_authentication_data"] {
            let found = at(&format!(r#""{part}":{odd}"#));
            assert_eq!(found.channels, Channels::default(), "{part} {odd}");
        }
        let found = read(&[(FRAUD, &format!(r#""fraud":{odd}"#))]);
        assert!(found.scores.is_empty(), "{odd}");
    }
}
