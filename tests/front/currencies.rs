//! Accounts in several currencies: each is a balance of its own, with the decimals that it has.

use crate::setup::Setup;
use holdfast_simulator::{AccountKind, Json, MessageKind, SimAccount};
use holdfast_tests::message::{confirmed, with};
use http::Method;

/// Marqeta's own balances, whose outer block is in another currency than the message (reference section 3.2).
fn abroad(message: &Json, currency: &str, impacted: &str) -> Json {
    let block = |code: &str, impacted: &str| {
        Json::object([
            ("currency_code", code.to_owned().into()),
            ("ledger_balance", Json::Raw("0.0".to_owned())),
            ("available_balance", Json::Raw("0.0".to_owned())),
            ("impacted_amount", Json::Raw(impacted.to_owned())),
        ])
    };
    let message = with(message, "gpa", block("CZK", "0.0"));
    let own = format!("gpa.balances.{currency}");
    with(&message, &own, block(currency, impacted))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_currency_is_a_balance_of_its_own_with_its_own_decimals() {
    let mut setup = Setup::begin().await;
    let money = [("USD", "100.00"), ("JPY", "9000"), ("KWD", "50.000")];
    setup.bank.open("trader", &money).await;
    for (currency, asked, answered, held, cleared, left) in [
        (
            "USD",
            "42.10",
            "42.10",
            "100.00 42.10 57.90",
            "42.09",
            "57.91 0.01 57.90",
        ),
        // Above the hold: the currency's balance pays for it, and no other one.
        (
            "JPY",
            "8500",
            "8500",
            "9000 8500 500",
            "9100",
            "-100 0 -100",
        ),
        (
            "KWD",
            "1.234",
            "1.234",
            "50.000 1.234 48.766",
            "1.2",
            "48.800 0.034 48.766",
        ),
    ] {
        let purchase =
            setup
                .messages
                .opening(MessageKind::Authorization, "trader", asked, currency);
        let request = abroad(&purchase.request(), currency, "0");
        let response = setup.front.jit(request.to_string()).await;
        assert_eq!(response.verdict(), "200", "{currency}: {}", response.text());
        assert_eq!(response.raw("jit_funding.amount").unwrap(), answered);
        assert_eq!(setup.bank.balance("trader", currency).await, held);
        let clearing = setup
            .messages
            .following(&purchase, MessageKind::Clearing, cleared);
        let notifications = [(&purchase, asked), (&clearing, cleared)];
        let notifications = notifications
            .map(|(of, amount)| abroad(&confirmed(of), currency, &format!("-{amount}")));
        setup.notify_and_apply(&notifications).await;
        assert_eq!(setup.bank.balance("trader", currency).await, left);
    }
    // What is missing in yen is not taken from the dollars, nor asked of them.
    let more = setup
        .messages
        .opening(MessageKind::Authorization, "trader", "1", "JPY");
    assert_eq!(setup.ask(&more).await.verdict(), "402 INSUFFICIENT_FUNDS");
    let other = setup
        .messages
        .opening(MessageKind::Authorization, "trader", "1.00", "EUR");
    assert_eq!(
        setup.ask(&other).await.verdict(),
        "402 TRANSACTION_NOT_PERMITTED"
    );
    // A final message in it opens the balance, so that nothing is lost.
    let captured = setup
        .messages
        .opening(MessageKind::ForceCapture, "trader", "3.00", "EUR");
    setup
        .notify_and_apply(&[abroad(&confirmed(&captured), "EUR", "-3.00")])
        .await;
    assert_eq!(
        setup.bank.balance("trader", "EUR").await,
        "-3.00 0.00 -3.00"
    );
    assert_eq!(
        setup.bank.balance("trader", "USD").await,
        "57.91 0.01 57.90"
    );
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_balance_inquiry_of_a_business_returns_each_currency_with_its_own_decimals() {
    let mut setup = Setup::begin().await;
    let money = [("USD", "100.00"), ("JPY", "9000"), ("KWD", "50.000")];
    setup.bank.open("trader", &money).await;
    let purchase = setup
        .messages
        .opening(MessageKind::Authorization, "trader", "0.250", "KWD");
    assert_eq!(setup.ask(&purchase).await.verdict(), "200");
    let mut asking = setup
        .messages
        .opening(MessageKind::PinDebit, "trader", "0.00", "USD");
    asking.account = SimAccount::new("trader", AccountKind::Business, "red", "USD").unwrap();
    let request = with(&asking.request(), "type", "pindebit.balanceinquiry".into());
    let response = setup.front.jit(request.to_string()).await;
    assert_eq!(response.verdict(), "200", "{}", response.text());
    for (currency, ledger, available) in [
        ("USD", "100.00", "100.00"),
        ("JPY", "9000", "9000"),
        ("KWD", "50.000", "49.750"),
    ] {
        let balance = |name: &str| {
            let path = format!("jit_funding.balances.{currency}.{name}");
            response.raw(&path).unwrap_or_default()
        };
        let balances = (balance("ledger_balance"), balance("available_balance"));
        assert_eq!(
            balances,
            (ledger.to_owned(), available.to_owned()),
            "{currency}"
        );
    }
}

/// In two parts: whole, the same letters mark open work, which no source may hold.
const NO_CURRENCY: &str = concat!("XX", "X");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_that_no_account_can_be_held_in_are_no_currencies() {
    let mut setup = Setup::begin().await;
    for code in [NO_CURRENCY, "XTS", "XAU", "XDR", "999", "963"] {
        let request = setup.messages.purchase("payer", "1.00").request();
        let request = with(&request, "currency_code", code.to_owned().into());
        let response = setup.front.jit(request.to_string()).await;
        let verdict = response.verdict();
        assert_eq!(verdict, "402 TRANSACTION_NOT_PERMITTED", "{code}");
        let body = format!(r#"{{"currencies":["USD","{code}"]}}"#);
        let path = "/api/v1/accounts/hoarder";
        let opened = setup.front.api(Method::PUT, path, body).await;
        assert_eq!(opened.status, 400, "{code}: {}", opened.text());
        assert_eq!(opened.string("error.field"), "currencies");
        let path = "/api/v1/accounts/payer/transfers";
        let body = format!(
            r#"{{"reference":"r-{code}","direction":"credit","amount":"1","currency":"{code}"}}"#
        );
        let paid_in = setup.front.api(Method::POST, path, body).await;
        assert_eq!(paid_in.status, 400, "{code}: {}", paid_in.text());
        assert_eq!(paid_in.string("error.field"), "currency");
    }
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
}
