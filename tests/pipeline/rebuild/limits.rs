//! Limits of a warehouse: the uses of each hold, counted by the controls.

use super::books::Warehouse;
use holdfast_events::moment;
use holdfast_ledger::fact::{CardAndMerchant, Class};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::token::{AccountToken, CardProductToken, CardToken, TransactionToken};
use holdfast_ledger::usage::{Use, VelocityCounters};
use holdfast_tests::System;
use http::Method;
use serde_json::{Value, json};

/// Limits that are counted and never reached.
pub(super) async fn put_controls(system: &System) {
    for (token, window, more) in [
        ("month", "MONTH", json!({})),
        ("ever", "LIFETIME", json!({"include_credits": true})),
        ("asked", "DAY", json!({"approvals_only": false})),
    ] {
        let mut control = json!({
            "amount_limit": 90_000_000, "currency_code": "USD", "velocity_window": window,
            "association": {"user_token": "ann"},
        });
        let fields = more.as_object().unwrap().clone();
        control.as_object_mut().unwrap().extend(fields);
        let path = format!("/api/v1/velocity-controls/{token}");
        system.order(Method::PUT, &path, control).await;
    }
}

/// The stored counters are those that the topics lead to.
pub(super) async fn equal_the_stored(system: &System, warehouse: &Warehouse) {
    let store = system.database.store().await;
    store.refresh_controls().await.unwrap();
    let controls = store.controls().current();
    let rows: Vec<(String, Value)> = sqlx::query_as("select account, meters from usage")
        .fetch_all(&mut system.database.connect().await)
        .await
        .unwrap();
    let mut windows = 0;
    for (account, meters) in rows {
        let token = AccountToken::parse(&account).unwrap();
        let stored: VelocityCounters = serde_json::from_value(meters).unwrap();
        let mut rebuilt = stored.with_empty_windows();
        let uses = uses_of(warehouse, &account);
        rebuilt.add_uses(&uses, &controls, &token).unwrap();
        assert_eq!(rebuilt, stored, "{account}");
        windows += stored
            .iter()
            .map(|(_, counter)| counter.windows.len())
            .sum::<usize>();
    }
    assert!(windows >= 3, "{windows} windows were compared");
}

fn uses_of(warehouse: &Warehouse, account: &str) -> Vec<Use> {
    let holds = warehouse
        .holds
        .iter()
        .filter(|(_, (owner, _))| owner == account);
    let uses = holds.flat_map(|(id, (_, after))| {
        let opened = &warehouse.first_seen[id];
        let uses = after["uses"].as_array().into_iter().flatten();
        uses.map(|made| use_of(made, opened)).collect::<Vec<Use>>()
    });
    uses.collect()
}

fn use_of(made: &Value, opened: &str) -> Use {
    let name = |field: &str| made[field].as_str().map(str::to_owned);
    let amount = |field: &str| Amount::parse(&name(field).unwrap_or("0".to_owned())).unwrap();
    let at = moment::parse(&name("occurred_at").unwrap()).unwrap();
    let cash = amount("cash");
    Use {
        token: TransactionToken::parse(&name("transaction").unwrap()).unwrap(),
        at,
        seen: at.max(moment::parse(opened).unwrap()),
        currency: Currency::parse(&name("currency").unwrap()).unwrap(),
        goods: amount("amount").less(cash),
        cash,
        card_and_merchant: CardAndMerchant {
            card: name("card").map(|token| CardToken::parse(&token).unwrap()),
            product: name("card_product").map(|token| CardProductToken::parse(&token).unwrap()),
            merchant: name("mid"),
            mcc: name("mcc"),
            class: match name("class").as_deref() {
                Some("purchase") => Class::Purchase,
                Some("withdrawal") => Class::Withdrawal,
                _ => Class::MoneyIn(name("type").unwrap_or_default()),
            },
            ..CardAndMerchant::default()
        },
        declined: made["declined"] == true,
    }
}
