//! Every message that a gateway is asked (reference section 2): its response, and what the account has then.

mod ask;
mod inquiries;

use crate::setup::Setup;
use ask::{Row, balance, requests};
use holdfast_funding::apply::{Applier, reconcile};
use holdfast_ledger::book::AccountState;
use holdfast_simulator::Json;
use holdfast_store::card::CardState;
use holdfast_tests::message::{envelope, with};

/// Each row has an account of its own with 100.00 USD.
/// Type, method, amount, options -> response | posted held available pending_credit
const MESSAGES: &str = "
    authorization pgfs.authorization 42.10 -> 200 42.10 | 100.00 42.10 57.90 0.00
    authorization pgfs.authorization 100.01 -> 402 INSUFFICIENT_FUNDS | 100.00 0.00 100.00 0.00
    authorization pgfs.authorization 42.10 strings -> 200 42.10 | 100.00 42.10 57.90 0.00
    authorization pgfs.authorization 42.10 business -> 200 42.10 | 100.00 42.10 57.90 0.00
    authorization.incremental pgfs.authorization.incremental 20.00 of=authorization -> 200 20.00 | 100.00 30.00 70.00 0.00
    authorization.incremental pgfs.authorization.incremental 90.01 of=authorization -> 402 INSUFFICIENT_FUNDS | 100.00 10.00 90.00 0.00
    authorization.cashback pgfs.authorization.cashback 60.00 cashback=20.00 -> 200 60.00 | 100.00 60.00 40.00 0.00
    authorization.quasi.cash pgfs.authorization.quasi.cash 5.00 -> 200 5.00 | 100.00 5.00 95.00 0.00
    authorization.atm.withdrawal pgfs.atm.withdrawal 40.00 -> 200 40.00 | 100.00 40.00 60.00 0.00
    account.funding.authorization pgfs.authorization 25.00 -> 200 25.00 | 100.00 25.00 75.00 0.00
    pindebit.authorization pgfs.pindebit.authorization 80.00 -> 200 80.00 | 100.00 80.00 20.00 0.00
    billpayment pgfs.billpayment 30.00 -> 200 30.00 | 100.00 30.00 70.00 0.00
    billpayment.capture pgfs.billpayment.capture 10.00 of=billpayment -> 200 10.00 | 90.00 0.00 90.00 0.00
    billpayment.capture pgfs.billpayment.capture 30.00 -> 200 30.00 | 70.00 0.00 70.00 0.00
    pindebit pgfs.pindebit 42.10 -> 200 42.10 | 57.90 0.00 57.90 0.00
    pindebit pgfs.auth_plus_capture 42.10 -> 200 42.10 | 57.90 0.00 57.90 0.00
    pindebit pgfs.auth_plus_capture 100.01 -> 402 INSUFFICIENT_FUNDS | 100.00 0.00 100.00 0.00
    pindebit.cashback pgfs.pindebit.cashback 60.00 cashback=20.00 -> 200 60.00 | 40.00 0.00 40.00 0.00
    pindebit.atm.withdrawal pgfs.pindebit.atm.withdrawal 40.00 -> 200 40.00 | 60.00 0.00 60.00 0.00
    pindebit.quasi.cash pgfs.pindebit.quasi.cash 5.00 -> 200 5.00 | 95.00 0.00 95.00 0.00
    pindebit.transfer pgfs.pindebit.transfer 5.00 -> 200 5.00 | 95.00 0.00 95.00 0.00
    account.funding.auth_plus_capture pgfs.auth_plus_capture 25.00 -> 200 25.00 | 75.00 0.00 75.00 0.00
    original.credit.authorization pgfs.original.credit.authorization 10.00 unload -> 200 10.00 | 100.00 0.00 100.00 10.00
    original.credit.authorization pgfs.original.credit.authorization 10.00 unload fast -> 200 10.00 | 110.00 0.00 110.00 0.00
    original.credit.auth_plus_capture pgfs.original.credit.auth_plus_capture 10.00 unload -> 200 10.00 | 110.00 0.00 110.00 0.00
    refund.authorization pgfs.refund.authorization 10.00 unload -> 200 10.00 | 100.00 0.00 100.00 10.00
    refund.authorization pgfs.refund.authorization 10.00 unload business strings -> 200 10.00 | 100.00 0.00 100.00 10.00
    authorization pgfs.authorization.account_verification 0.00 -> 200 0.00 | 100.00 0.00 100.00 0.00
    authorization pgfs.authorization 0.00 -> 200 0.00 | 100.00 0.00 100.00 0.00
    authorization pgfs.authorization.account_verification 0.00 suspended -> 402 CARDHOLDER_NOT_ACTIVE | 100.00 0.00 100.00 0.00
    authorization pgfs.authorization.account_verification 0.00 card=suspended -> 402 CARD_NOT_ACTIVE | 100.00 0.00 100.00 0.00
    product.inquiry pgfs.product.inquiry 0.00 -> 200 0.00 | 100.00 0.00 100.00 0.00
    product.inquiry pgfs.product.inquiry 10.00 -> 200 0.00 | 100.00 0.00 100.00 0.00
    product.inquiry pgfs.product.inquiry 0.00 suspended -> 402 CARDHOLDER_NOT_ACTIVE | 100.00 0.00 100.00 0.00
    product.inquiry pgfs.product.inquiry 0.00 card=suspended -> 402 CARD_NOT_ACTIVE | 100.00 0.00 100.00 0.00
    pindebit.balanceinquiry pgfs.balanceinquiry 0.00 -> 200 0.00 | 100.00 0.00 100.00 0.00
    brand.new pgfs.brand.new 1.00 -> 402 TRANSACTION_NOT_PERMITTED | 100.00 0.00 100.00 0.00
    brand.new pgfs.brand.new 1.00 unload -> 402 TRANSACTION_NOT_PERMITTED | 100.00 0.00 100.00 0.00
    authorization pgfs.force_capture 1.00 -> 402 TRANSACTION_NOT_PERMITTED | 100.00 0.00 100.00 0.00
";

/// With credits given when they are authorized, and product inquiries declined.
const AT_AUTHORIZATION: &str = "
    refund.authorization pgfs.refund.authorization 10.00 unload -> 200 10.00 | 110.00 0.00 110.00 0.00
    original.credit.authorization pgfs.original.credit.authorization 10.00 unload -> 200 10.00 | 110.00 0.00 110.00 0.00
    product.inquiry pgfs.product.inquiry 0.00 -> 402 TRANSACTION_NOT_PERMITTED | 100.00 0.00 100.00 0.00
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_message_is_answered_and_booked_as_the_reference_says() {
    let mut setup = Setup::begin().await;
    check(&mut setup, MESSAGES).await;
    let unknown = "select count(*) from alert where kind = 'unknown_method'";
    assert_eq!(setup.database.count(unknown).await, 3);
    assert_eq!(setup.alerts().await, 3, "nothing else alerts");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_may_give_credits_at_authorization_and_decline_product_inquiries() {
    let mut setup = Setup::begin().await;
    let settings =
        r#"{"refund_authorization_credit":"at_authorization","product_inquiry":"decline"}"#;
    setup.set(settings).await;
    check(&mut setup, AT_AUTHORIZATION).await;
    assert_eq!(setup.alerts().await, 0);
    setup.bank.verify().await;
}

async fn check(setup: &mut Setup, rows: &str) {
    let rows = rows.lines().map(str::trim).filter(|row| !row.is_empty());
    for (number, row) in rows.enumerate() {
        let (message, expected) = row.split_once(" -> ").unwrap();
        let account = format!("account-{number}");
        setup.bank.open(&account, &[("USD", "100.00")]).await;
        let message = Row::read(message);
        prepare(setup, &account, &message).await;
        let mut response = None;
        for request in requests(&mut setup.messages, &account, &message) {
            response = Some(setup.front.jit(request.to_string()).await);
        }
        let response = response.unwrap();
        let outcome = match response.raw("jit_funding.amount") {
            Some(amount) if response.status == 200 => format!("200 {amount}"),
            _ => response.verdict(),
        };
        let is = balance(&setup.bank, &account).await;
        assert_eq!(format!("{outcome} | {is}"), expected, "{row}");
        let owner = response.string(&format!("jit_funding.{}", message.owner()));
        assert_eq!(owner, account, "{row}");
    }
}

/// What is wrong with the account or its card before anybody asks.
async fn prepare(setup: &Setup, account: &str, message: &Row<'_>) {
    if message.has("suspended") {
        let state = AccountState::Suspended;
        setup.bank.set_state(account, state).await;
    }
    if message.has("card=suspended") {
        let (card, owner) = ask::card(account);
        let store = setup.database.store().await;
        let state = Some(CardState::Suspended);
        store.put_card(&card, &owner, state).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unregistered_account_approves_nothing() {
    let mut setup = Setup::begin().await;
    for row in MESSAGES.lines().map(str::trim) {
        let Some((message, _)) = row.split_once(" -> ") else {
            continue;
        };
        let request = requests(&mut setup.messages, "unknown", &Row::read(message)).pop();
        let response = setup.front.jit(request.unwrap().to_string()).await;
        assert_eq!(response.verdict(), "402 NO_CHECKING_ACCOUNT", "{row}");
    }
}

/// The credit is usable at once; its clearing gives only what it differs by.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clearing_of_fast_funds_is_not_booked_twice() {
    let mut setup = Setup::begin().await;
    let row = Row::read(
        "original.credit.authorization pgfs.original.credit.authorization 10.00 unload fast",
    );
    for (account, cleared, expected) in [
        ("same", "10.00", "110.00 0.00 110.00 0.00"),
        ("more", "12.50", "112.50 0.00 112.50 0.00"),
    ] {
        setup.bank.open(account, &[("USD", "100.00")]).await;
        let request = requests(&mut setup.messages, account, &row).pop().unwrap();
        let response = setup.front.jit(request.to_string()).await;
        assert_eq!(response.verdict(), "200", "{}", response.text());
        let at_once = balance(&setup.bank, account).await;
        assert_eq!(at_once, "110.00 0.00 110.00 0.00");
        notify(&setup, &clearing_of(&request, account, cleared)).await;
        assert_eq!(balance(&setup.bank, account).await, expected);
    }
    setup.bank.verify().await;
}

/// The clearing of a credit authorization.
fn clearing_of(request: &Json, token: &str, amount: &str) -> Json {
    let field = |name: &str| format!("gpa_order_unload.jit_funding.{name}");
    let first = request.get("token").unwrap().clone();
    let first_jit = request.get(&field("token")).unwrap().clone();
    let mut clearing = request.clone();
    clearing.set("token", Json::from(token.to_owned()));
    clearing.set("type", "original.credit.authorization.clearing".into());
    clearing.set("state", "COMPLETION".into());
    clearing.set("amount", Json::Raw(amount.to_owned()));
    clearing.set("preceding_related_transaction_token", first);
    clearing.set(&field("token"), Json::from(format!("jit-{token}")));
    clearing.set(&field("original_jit_funding_token"), first_jit);
    let method = "pgfs.original.credit.authorization.clearing";
    clearing.set(&field("method"), method.into());
    with(&clearing, &field("amount"), Json::Raw(amount.to_owned()))
}

/// Sends a notification, and a worker applies it, as if Kafka had lost it.
async fn notify(setup: &Setup, message: &Json) {
    let accepted = setup
        .front
        .notify(envelope(std::slice::from_ref(message)))
        .await;
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    let mut connection = setup.database.connect().await;
    let earlier = "update notification set received_at = received_at - interval '1 minute'";
    sqlx::query(earlier).execute(&mut connection).await.unwrap();
    let applier = Applier::new(setup.database.store().await);
    assert_eq!(reconcile(&applier, 10).await.unwrap(), 1);
}
