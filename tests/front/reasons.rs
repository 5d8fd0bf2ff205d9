//! Why a request is declined: account, card, method, currency, funds, in this order.

use crate::setup::Setup;
use holdfast_ledger::book::AccountState;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_store::card::CardState;
use holdfast_tests::message::with;

const USER: &str = "gpa_order.jit_funding.user_token";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unregistered_account_has_no_checking_account() {
    let mut setup = Setup::begin().await;
    let purchase = setup.messages.purchase("unknown", "1.00");
    let response = setup.ask(&purchase).await;
    assert_eq!(response.verdict(), "402 NO_CHECKING_ACCOUNT");
    assert_eq!(response.string("jit_funding.user_token"), "unknown");
    assert!(
        setup.bank.account("unknown").await.is_none(),
        "asking opens nothing"
    );
    assert_eq!(
        setup.ask(&purchase).await.body,
        response.body,
        "it is repeated as well"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_may_not_spend_is_refused_by_its_state() {
    let mut setup = Setup::begin().await;
    let states = [
        (AccountState::Suspended, "402 CARDHOLDER_NOT_ACTIVE"),
        (AccountState::Closed, "402 CLOSED_ACCOUNT"),
        (AccountState::Active, "200"),
    ];
    for (state, verdict) in states {
        setup.bank.set_state("payer", state).await;
        assert_eq!(setup.buy("1.00").await.1.verdict(), verdict);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_registered_when_it_is_first_seen_and_then_is_its_accounts_alone() {
    let mut setup = Setup::begin().await;
    setup.bank.open("other", &[("USD", "100.00")]).await;
    let (purchase, _) = setup.buy("1.00").await;
    let mut of_other = setup.messages.purchase("other", "1.00").request();
    of_other.set("card_token", purchase.account.card.to_string().into());
    assert_eq!(
        setup.front.jit(of_other.to_string()).await.verdict(),
        "402 INVALID_CARD"
    );
    assert_eq!(
        setup.bank.balance("other", "USD").await,
        "100.00 0.00 100.00"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspended_card_is_not_active() {
    let mut setup = Setup::begin().await;
    let (purchase, _) = setup.buy("1.00").await;
    let card = CardToken::parse(&purchase.account.card).unwrap();
    let account = AccountToken::parse("payer").unwrap();
    let store = setup.database.store().await;
    let cases = [
        (CardState::Suspended, "402 CARD_NOT_ACTIVE"),
        (CardState::Active, "200"),
    ];
    for (state, verdict) in cases {
        store.put_card(&card, &account, Some(state)).await.unwrap();
        assert_eq!(setup.buy("1.00").await.1.verdict(), verdict);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_method_is_not_permitted_and_alerts() {
    let mut setup = Setup::begin().await;
    let request = setup.messages.purchase("payer", "1.00").request();
    let request = with(&request, "type", "something.new".into());
    let request = with(
        &request,
        "gpa_order.jit_funding.method",
        "pgfs.something.new".into(),
    );
    let response = setup.front.jit(request.to_string()).await;
    assert_eq!(response.verdict(), "402 TRANSACTION_NOT_PERMITTED");
    let kind = "select count(*) from alert where kind = 'unknown_method'";
    assert_eq!(setup.database.count(kind).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_currency_without_balance_or_unknown_to_iso_4217_is_not_permitted() {
    let mut setup = Setup::begin().await;
    for code in ["EUR", "ZZZ", "usd?"] {
        let request = setup.messages.purchase("payer", "1.00").request();
        let request = with(
            &request,
            "currency_code",
            Box::<str>::from(code).into_string().into(),
        );
        let response = setup.front.jit(request.to_string()).await;
        assert_eq!(
            response.verdict(),
            "402 TRANSACTION_NOT_PERMITTED",
            "{code}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_check_that_fails_answers() {
    let mut setup = Setup::begin().await;
    setup.bank.open("other", &[("USD", "1.00")]).await;
    let (purchase, _) = setup.buy("1.00").await;
    // Everything is wrong; what is put right first is what was named first.
    let mut request = setup.messages.purchase("other", "999.00").request();
    request.set("card_token", purchase.account.card.to_string().into());
    request.set("type", "something.new".into());
    request.set("gpa_order.jit_funding.method", "pgfs.something.new".into());
    request.set("currency_code", "EUR".into());
    request.set(USER, "unknown".into());
    let repairs = [
        ("402 NO_CHECKING_ACCOUNT", USER, "other"),
        ("402 INVALID_CARD", "card_token", "card-of-other"),
        ("402 TRANSACTION_NOT_PERMITTED", "type", "authorization"),
        (
            "402 TRANSACTION_NOT_PERMITTED",
            "gpa_order.jit_funding.method",
            "pgfs.authorization",
        ),
        ("402 TRANSACTION_NOT_PERMITTED", "currency_code", "USD"),
    ];
    for (number, (verdict, field, right)) in repairs.into_iter().enumerate() {
        request.set("token", format!("first-check-{number}").into());
        assert_eq!(
            setup.front.jit(request.to_string()).await.verdict(),
            verdict,
            "{field}"
        );
        request.set(field, right.into());
    }
    request.set("token", "first-check-last".into());
    assert_eq!(
        setup.front.jit(request.to_string()).await.verdict(),
        "402 INSUFFICIENT_FUNDS"
    );
}
