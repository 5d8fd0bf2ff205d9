//! Rates and currencies, as they are sent and as they are kept.

use super::{OriginalMoney, Settlement, alpha, text};
use holdfast_events::json::Object;
use holdfast_ledger::money::Amount;

fn read(network: &str) -> Option<OriginalMoney> {
    let body = format!(r#"{{"currency_conversion":{{"network":{network}}}}}"#);
    OriginalMoney::read(&Object::parse(&body).unwrap()).unwrap()
}

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

#[test]
fn everything_of_a_conversion_is_read() {
    let network = r#"{"original_amount":10000,"original_currency_code":"392","conversion_rate":0.0067420,
        "dynamic_currency_conversion":true,
        "settlement_data":{"amount":"61.50","currency_code":978,"conversion_rate":"0.00615"}}"#;
    let settlement = Settlement {
        amount: Some(amount("61.5")),
        currency_number: Some("978".to_owned()),
        conversion_rate: Some("0.00615".to_owned()),
    };
    let expected = OriginalMoney {
        amount: amount("10000"),
        currency_number: Some("392".to_owned()),
        conversion_rate: Some("0.0067420".to_owned()),
        dynamic_currency_conversion: Some(true),
        settlement: Some(settlement),
    };
    assert_eq!(read(network), Some(expected));
}

#[test]
fn rates_keep_their_digits_and_what_is_no_rate_is_absent() {
    for (sent, kept) in [
        ("1", Some("1")),
        ("1.10", Some("1.10")),
        (r#"" 0.30000000000000004 ""#, Some("0.30000000000000004")),
        ("6.7E-4", Some("0.00067")),
        ("1.0E2", Some("100")),
        ("-1.1", None),
        (r#""NaN""#, None),
        ("true", None),
        ("null", None),
        ("{}", None),
    ] {
        let money = read(&format!(
            r#"{{"original_amount":1,"conversion_rate":{sent}}}"#
        ));
        assert_eq!(money.unwrap().conversion_rate.as_deref(), kept, "{sent}");
    }
}

#[test]
fn what_cannot_be_read_spoils_nothing_else() {
    let money = read(
        r#"{"original_amount":1,"dynamic_currency_conversion":"perhaps","settlement_data":[7]}"#,
    );
    let money = money.unwrap();
    assert_eq!(
        (money.dynamic_currency_conversion, money.settlement),
        (None, None)
    );
    assert_eq!(read(r#"{"original_amount":"much"}"#), None);
}

#[test]
fn currencies_are_named_as_iso_4217_names_them() {
    for (number, code, written) in [
        ("840", "USD", "7.50"),
        ("036", "AUD", "7.50"),
        ("36", "AUD", "7.50"),
        ("414", "KWD", "7.500"),
        ("123", "123", "7.5"),
        ("yen", "yen", "7.5"),
    ] {
        assert_eq!(alpha(number), code);
        assert_eq!(text(amount("7.5"), Some(number)), written, "{number}");
    }
    assert_eq!(text(amount("500.0"), Some("392")), "500");
    assert_eq!(text(amount("7.5"), None), "7.5");
}

#[test]
fn what_is_no_object_says_nothing_and_a_key_twice_is_refused() {
    let read = |body: &str| OriginalMoney::read(&Object::parse(body).unwrap());
    for body in [
        r#"{"currency_conversion":7}"#,
        r#"{"currency_conversion":"none"}"#,
        r#"{"currency_conversion":{"network":[]}}"#,
    ] {
        assert_eq!(read(body), Ok(None), "{body}");
    }
    let twice = r#"{"currency_conversion":{"network":{"a":1,"a":2}}}"#;
    assert!(read(twice).is_err());
}
