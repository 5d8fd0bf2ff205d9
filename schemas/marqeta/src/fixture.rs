//! Messages for the tests, made for them.

/// A chip purchase of 42.10 USD, as Marqeta asks for it.
pub(crate) const REQUEST: &str = r#"{
 "type":"authorization","state":"PENDING","token":"t-1","user_token":"user-7","acting_user_token":"user-7",
 "card_token":"card-7","card_product_token":"prod-1",
 "gpa":{"currency_code":"USD","ledger_balance":0.0,"available_balance":0,
  "balances":{"USD":{"currency_code":"USD","ledger_balance":0,"available_balance":0}}},
 "gpa_order":{"token":"o-1","amount":42.1,"currency_code":"USD","state":"PENDING","transaction_token":"g-1",
  "funding":{"amount":42.1,"source":{"type":"programgateway","token":"**********pgfs","active":true}},
  "jit_funding":{"token":"j-1","method":"pgfs.authorization","user_token":"user-7","acting_user_token":"user-7","amount":42.1}},
 "created_time":"2025-06-03T18:20:11Z","request_amount":42.1,"amount":42.1,"currency_code":"USD",
 "currency_conversion":{"network":{"original_amount":42.1,"conversion_rate":1,"original_currency_code":"840"}},
 "network":"VISA","subnetwork":"VISANET","acquirer_fee_amount":0.0,
 "user":{"metadata":{}},"card":{"last_four":"4242","metadata":{}},
 "card_acceptor":{"mid":"000445522110","mcc":"5411","name":"CORNER GROCERY 12","street_address":"500 MAIN ST",
  "city":"OAKLAND","state":"CA","postal_code":"94607","country_code":"USA"},
 "pos":{"pan_entry_mode":"CHIP_CONTACTLESS","pin_entry_mode":"TRUE","partial_approval_capable":true,"purchase_amount_only":false},
 "fraud":{"network":{"transaction_risk_score":12,"account_risk_score":"03"}}}"#;

/// The request with texts replaced, each of which must be there.
pub(crate) fn request(changes: &[(&str, &str)]) -> String {
    changed(REQUEST, changes)
}

/// The text with others in it, each of which must be there.
pub(crate) fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the fixture has no {from}");
        text.replace(from, to)
    })
}

/// The order of a card message and its JIT block, of 10 units.
pub(crate) fn order(field: &str, method: &str) -> String {
    format!(
        r#","{field}":{{"token":"o-1","state":"PENDING","amount":10.0,"jit_funding":{{"token":"j-2","method":"{method}",
        "user_token":"user-7","amount":10.0,"original_jit_funding_token":"j-1"}}}}"#
    )
}

/// A notification of 10.00 USD with more fields, each beginning with a comma.
pub(crate) fn notification(kind: &str, state: &str, more: &str) -> String {
    format!(
        r#"{{"type":"{kind}","state":"{state}","token":"t-2","user_token":"user-7","card_token":"card-7",
        "amount":10.0,"currency_code":"USD","created_time":"2025-06-04T08:00:00Z",
        "preceding_related_transaction_token":"t-1"{more}}}"#
    )
}
