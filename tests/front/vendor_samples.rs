//! The vendor's own samples go through the front, are applied, and end in the books that they should. They stay
//! where they are: `HOLDFAST_VENDOR_SAMPLES`.

#![expect(clippy::panic, reason = "an unexpected sample has failed")]

mod books;
mod samples;

use crate::setup::Setup;
use books::Books::{Credits, Moves, Nothing, Parked};
use books::books;
use holdfast_ledger::money::Currency;
use holdfast_tests::HttpResponse;
use samples::{Sample, folder, samples};

/// `posted held pending_credit` of an account.
async fn money(setup: &Setup, account: &str) -> String {
    let account = setup.bank.account(account).await.unwrap();
    let usd = Currency::parse("USD").unwrap();
    let balance = account.balances.get(&usd).unwrap();
    let all = [balance.posted, balance.held, balance.pending_credit];
    all.map(|sum| sum.text(usd)).join(" ")
}

const UNTOUCHED: &str = "100.00 0.00 0.00";

/// Sends every sample, each for an account of its own, and reads the books after each.
async fn all_end_in_their_books(books_credits: bool) {
    let Some(samples) = samples() else { return };
    assert!(samples.len() >= 35, "only {} samples", samples.len());
    let setup = Setup::begin().await;
    if books_credits {
        setup.set(r#"{"book_credits_without_jit":true}"#).await;
    }
    for sample in &samples {
        if let Some(account) = &sample.account {
            setup.bank.open(account, &[("USD", "100.00")]).await;
        }
        let (letters, alerts) = (letters_now(&setup).await, setup.alerts().await);
        let body = format!(r#"{{"transactions":[{}]}}"#, sample.text);
        let accepted = setup.front.notify(body).await;
        assert_eq!(accepted.status, 200, "{}: {}", sample.file, accepted.text());
        setup.apply().await;
        let wanted = match books(sample) {
            Moves(money) => money,
            Credits(money) if books_credits => money,
            Credits(_) | Nothing | Parked => UNTOUCHED,
        };
        if let Some(account) = &sample.account {
            assert_eq!(money(&setup, account).await, wanted, "{}", sample.file);
        }
        let parked = letters_now(&setup).await - letters;
        assert_eq!(
            parked,
            i64::from(books(sample) == Parked),
            "{}",
            sample.file
        );
        if matches!(books(sample), Credits(_)) && !books_credits {
            assert!(
                setup.alerts().await > alerts,
                "{}: no alert names it",
                sample.file
            );
        }
        setup.bank.verify().await;
    }
    let waiting = "select count(*) from notification where status = 'waiting'";
    assert_eq!(setup.database.count(waiting).await, 0);
}

async fn letters_now(setup: &Setup) -> i64 {
    let letters = "select count(*) from dead_letter";
    setup.database.count(letters).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_sample_ends_in_its_books() {
    all_end_in_their_books(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credits_without_a_jit_block_raise_an_alert_and_are_not_booked_unless_the_program_says_so()
{
    all_end_in_their_books(false).await;
}

/// How the official authorizations are answered as JIT requests.
const ANSWERS: [(&str, &str); 3] = [
    // Its block stands where notifications may have it, and requests do not.
    ("authorization-3.json", "400 gpa_order.jit_funding"),
    ("authorization-4.json", "200"),
    ("authorization-minimal-1.json", "400 currency_code"),
];

/// Status, and the reason or the field that is wrong.
fn verdict(response: &HttpResponse) -> String {
    let field = response.string("error.field");
    format!("{} {field}", response.verdict())
        .trim_end()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_authorizations_are_answered_and_confirmed() {
    let Some(samples) = samples() else { return };
    let setup = Setup::begin().await;
    let official = |sample: &&Sample| sample.file.starts_with("authorization-");
    for sample in samples.iter().filter(official) {
        if let Some(account) = &sample.account {
            setup.bank.open(account, &[("USD", "100.00")]).await;
        }
        let response = setup.front.jit(sample.text.clone()).await;
        let row = ANSWERS.iter().find(|(file, _)| *file == sample.file);
        let row = row.unwrap_or_else(|| panic!("{} is not in the table", sample.file));
        assert_eq!(verdict(&response), row.1, "{}", sample.file);
        let body = format!(r#"{{"transactions":[{}]}}"#, sample.text);
        assert_eq!(
            setup.front.notify(body).await.status,
            200,
            "{}",
            sample.file
        );
        setup.apply().await;
        if let Some(account) = &sample.account {
            // Requested, notified, or both: it is held once.
            assert_eq!(
                money(&setup, account).await,
                "100.00 10.00 0.00",
                "{}",
                sample.file
            );
        }
        if response.status == 200 {
            let again = setup.front.jit(sample.text.clone()).await;
            assert_eq!(again.body, response.body, "{}", sample.file);
        }
        setup.bank.verify().await;
    }
    assert_eq!(setup.decisions().await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_envelopes_are_accepted_and_what_is_no_transaction_is_parked() {
    let Some(folder) = folder() else { return };
    let setup = Setup::begin().await;
    // The stand-in sample leaves the token out.
    for (file, parked) in [
        ("webhook.ping-1.json", 0),
        ("webhook.authorization-standin-1.json", 1),
    ] {
        let body = std::fs::read(folder.join(file)).unwrap();
        assert_eq!(setup.front.notify(body).await.status, 200, "{file}");
        setup.apply().await;
        assert_eq!(letters_now(&setup).await, parked, "{file}");
    }
    setup.bank.verify().await;
}
