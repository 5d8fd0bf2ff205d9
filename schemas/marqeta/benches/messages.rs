//! What reading one request and writing its response costs, before and after anything is decided.
//! Run with `cargo bench -p holdfast-marqeta`.

use criterion::{Criterion, criterion_group, criterion_main};
use holdfast_decision::DeclineReason;
use holdfast_funding::processor::{Authorization, Processor};
use holdfast_marqeta::catalog::request_message;
use holdfast_marqeta::{Marqeta, Transaction};
use std::error::Error;
use std::hint::black_box;

/// A chip purchase of usual size, as Marqeta asks for it (reference section 3.8).
const REQUEST: &str = r#"{"type":"authorization","state":"PENDING","token":"0d1f7a52-6d5e-4d9c-a9a3-1f2f4d0f7a11","user_token":"9b7c5d6e-0001-4a8b-9c0d-000000000007","acting_user_token":"9b7c5d6e-0001-4a8b-9c0d-000000000007","card_token":"5f0e1d2c-3b4a-4958-8776-655443322110","card_product_token":"prod-1","gpa":{"currency_code":"USD","ledger_balance":0,"available_balance":0,"credit_balance":0,"pending_credits":0,"balances":{"USD":{"currency_code":"USD","ledger_balance":0,"available_balance":0,"credit_balance":0,"pending_credits":0}}},"gpa_order":{"token":"a1b2c3d4-0000-4000-8000-00000000000f","amount":42.1,"currency_code":"USD","state":"PENDING","transaction_token":"b1b2c3d4-0000-4000-8000-00000000000f","user_token":"9b7c5d6e-0001-4a8b-9c0d-000000000007","funding_source_token":"**********pgfs","funding":{"amount":42.1,"source":{"type":"programgateway","token":"**********pgfs","active":true,"name":"Example Gateway","is_default_account":false,"created_time":"2025-01-10T09:00:00Z","last_modified_time":"2025-01-10T09:00:00Z"}},"jit_funding":{"token":"c1b2c3d4-0000-4000-8000-00000000000f","method":"pgfs.authorization","user_token":"9b7c5d6e-0001-4a8b-9c0d-000000000007","acting_user_token":"9b7c5d6e-0001-4a8b-9c0d-000000000007","amount":42.1}},"created_time":"2026-06-03T18:20:11Z","user_transaction_time":"2026-06-03T18:20:11Z","issuer_received_time":"2026-06-03T18:20:11.204Z","settlement_date":"2026-06-03T00:00:00Z","request_amount":42.1,"amount":42.1,"currency_code":"USD","currency_conversion":{"network":{"original_amount":42.1,"conversion_rate":1,"original_currency_code":"840"}},"network":"VISA","subnetwork":"VISANET","network_reference_id":"385154182900123","acquirer_fee_amount":0,"acquirer":{"institution_country":"840","institution_id_code":"428399","retrieval_reference_number":"515418204418","system_trace_audit_number":"204418"},"user":{"metadata":{}},"card":{"last_four":"4242","metadata":{}},"card_acceptor":{"mid":"000445522110","mcc":"5411","name":"CORNER GROCERY 12","street_address":"500 MAIN ST","city":"OAKLAND","state":"CA","postal_code":"94607","country_code":"USA"},"pos":{"pan_entry_mode":"CHIP_CONTACTLESS","pin_entry_mode":"TRUE","pin_present":false,"terminal_id":"TR100000","terminal_attendance":"ATTENDED","card_holder_presence":true,"card_presence":true,"partial_approval_capable":false,"purchase_amount_only":false,"is_recurring":false,"is_installment":false},"fraud":{"network":{"transaction_risk_score":12,"account_risk_score":"03"}},"transaction_metadata":{"payment_channel":"OTHER"}}"#;

fn messages(criterion: &mut Criterion) {
    if let Err(error) = bench(criterion) {
        eprintln!("the messages cannot be read: {error}");
        std::process::exit(1);
    }
}

fn bench(criterion: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let transaction = Transaction::parse_request(REQUEST.as_bytes())?;
    let request = Marqeta
        .read_request(REQUEST.as_bytes())
        .map_err(|bad| bad.message)?;
    let envelope = format!(r#"{{"transactions":[{REQUEST}]}}"#);
    criterion.bench_function("parse a request of 2.5 KB", |bencher| {
        bencher.iter(|| Transaction::parse_request(black_box(REQUEST.as_bytes())).is_ok());
    });
    criterion.bench_function(
        "the canonical request: parsed, hashed, summarised",
        |bencher| {
            bencher.iter(|| Marqeta.read_request(black_box(REQUEST.as_bytes())).is_ok());
        },
    );
    criterion.bench_function("hash what a repeat must share", |bencher| {
        bencher.iter(|| black_box(&transaction).request_hash());
    });
    criterion.bench_function("what an approval would book", |bencher| {
        bencher.iter(|| request_message(black_box(&transaction)));
    });
    criterion.bench_function("response: approved", |bencher| {
        let approval = Authorization::approve(request.amount, "d-01a20b5861e177a0ab2218024352982c");
        bencher.iter(|| request.responder.respond(black_box(&approval)));
    });
    criterion.bench_function("response: declined", |bencher| {
        let decline = Authorization::decline(DeclineReason::InsufficientFunds, "d-1");
        bencher.iter(|| request.responder.respond(black_box(&decline)));
    });
    criterion.bench_function(
        "read and normalise an envelope of one notification",
        |bencher| {
            bencher.iter(|| {
                Marqeta
                    .read_notifications(black_box(envelope.as_bytes()))
                    .is_ok()
            });
        },
    );
    Ok(())
}

criterion_group! {
    name = all;
    config = Criterion::default().without_plots();
    targets = messages
}
criterion_main!(all);
