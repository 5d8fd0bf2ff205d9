//! What makes two requests the same.

use crate::fixture::request;
use crate::transaction::Transaction;

fn parse(changes: &[(&str, &str)]) -> Transaction {
    Transaction::parse_request(request(changes).as_bytes()).unwrap()
}

#[test]
fn volatile_fields_layout_and_spelling_of_numbers_do_not_change_the_hash() {
    let hash = parse(&[]).request_hash();
    for (from, to) in [
        ("42.1", r#""42.10""#),
        ("42.1", "42.1000"),
        ("42.1", "4.21E1"),
        ("PENDING", "COMPLETION"),
        (r#""ledger_balance":0.0"#, r#""ledger_balance":99"#),
        ("2025-06-03T18:20:11Z", "2025-06-03T18:20:12.345Z"),
        (
            r#""transaction_risk_score":12"#,
            r#""transaction_risk_score":"99""#,
        ),
        (r#""000445522110""#, r#""000445522110   ""#),
        (r#""card-7""#, r#""card-7  ""#),
        ("CORNER GROCERY 12", "Corner Grocery"),
        ("\n", " "),
        (
            r#""conversion_rate":1"#,
            r#""conversion_rate":1.01,"dynamic_currency_conversion":true"#,
        ),
        (
            r#""conversion_rate":1"#,
            r#""settlement_data":{"amount":7}"#,
        ),
        (
            r#""network":"VISA","#,
            r#""network":"VISA","unheard_of":[1,2],"#,
        ),
    ] {
        assert_eq!(parse(&[(from, to)]).request_hash(), hash, "{from} -> {to}");
    }
}

#[test]
fn any_change_of_what_is_asked_changes_the_hash() {
    let mut seen = vec![parse(&[]).request_hash()];
    for (from, to) in [
        (r#""amount":42.1}},"#, r#""amount":42.2}},"#),
        (r#""request_amount":42.1"#, r#""request_amount":42.2"#),
        (
            r#""amount":42.1,"currency_code":"USD","#,
            r#""amount":43,"currency_code":"USD","#,
        ),
        (r#""original_amount":42.1"#, r#""original_amount":42.2"#),
        ("USD", "EUR"),
        ("card-7", "card-8"),
        (r#""user_token":"user-7""#, r#""user_token":"user-8""#),
        (
            r#""type":"authorization""#,
            r#""type":"authorization.cashback""#,
        ),
        ("pgfs.authorization", "pgfs.authorization.cashback"),
        ("t-1", "t-2"),
        ("j-1", "j-2"),
        ("o-1", "o-2"),
        (r#""network":"VISA""#, r#""cash_back_amount":1"#),
        (
            r#""network":"VISA""#,
            r#""preceding_related_transaction_token":"t-0""#,
        ),
        (
            r#""network":"VISA""#,
            r#""original_transaction_token":"t-0""#,
        ),
        (
            r#""method""#,
            r#""original_jit_funding_token":"j-0","method""#,
        ),
        ("gpa_order", "gpa_order_unload"),
    ] {
        let hash = parse(&[(from, to)]).request_hash();
        assert!(!seen.contains(&hash), "{from} -> {to}");
        seen.push(hash);
    }
}
