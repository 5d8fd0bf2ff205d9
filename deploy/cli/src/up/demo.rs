//! The demo program: a handful of people and a business, who always have some money.

use super::api::{Api, ApiError};
use holdfast_ledger::token::AccountToken;
use holdfast_simulator::{AccountKind, Currency, SimAccount, SimulatorError};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An account of the demo.
#[derive(Debug)]
struct Character {
    token: &'static str,
    kind: AccountKind,
    state: &'static str,
    currency: &'static str,
    /// Credited once; topped up to it when half of it is spent.
    money: u32,
    /// How often it buys, compared with the others.
    share: usize,
}

const fn person(
    token: &'static str,
    currency: &'static str,
    money: u32,
    share: usize,
) -> Character {
    Character {
        token,
        kind: AccountKind::User,
        state: "active",
        currency,
        money,
        share,
    }
}

/// Who buys. Nobody has five million, so that the story of a decline is one.
const CHARACTERS: [Character; 8] = [
    person("demo-ada", "USD", 40_000, 4),
    person("demo-ben", "USD", 25_000, 4),
    person("demo-chloe", "EUR", 40_000, 4),
    person("demo-daichi", "JPY", 4_000_000, 3),
    person("demo-fatima", "KWD", 30_000, 3),
    // Has little, and is declined now and then.
    person("demo-eli", "USD", 600, 1),
    // Tries in vain.
    Character {
        state: "suspended",
        ..person("demo-gus", "EUR", 100, 1)
    },
    Character {
        kind: AccountKind::Business,
        ..person("demo-bakery", "USD", 250_000, 4)
    },
];

/// For the user's own purchases: the traffic leaves it alone.
pub(super) const YOURS: &str = "demo-you";
const YOUR_MONEY: u32 = 500;

/// Money of one account in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Money {
    pub(super) posted: Decimal,
    pub(super) held: Decimal,
}

/// Money by account and currency.
pub(super) type Books = BTreeMap<(String, String), Money>;

/// Opens the accounts and sees that they have money. The same every time.
pub(super) async fn prepare(api: &Api) -> Result<(), ApiError> {
    fund(api, &person(YOURS, "USD", YOUR_MONEY, 0)).await?;
    for character in &CHARACTERS {
        fund(api, character).await?;
    }
    Ok(())
}

/// The accounts as the network knows them, each as often as its share.
pub(super) fn cast() -> Result<Vec<SimAccount>, SimulatorError> {
    let card = |token| format!("{token}-card");
    CHARACTERS
        .iter()
        .flat_map(|who| std::iter::repeat_n(who, who.share))
        .map(|who| SimAccount::new(who.token, who.kind, &card(who.token), who.currency))
        .collect()
}

/// Their tokens, each once.
pub(super) fn tokens() -> Vec<AccountToken> {
    let tokens = CHARACTERS.iter().map(|who| AccountToken::parse(who.token));
    tokens.filter_map(Result::ok).collect()
}

/// What the accounts of the cast have.
pub(super) async fn books(api: &Api) -> Result<Books, ApiError> {
    let mut books = Books::new();
    for who in &CHARACTERS {
        let money = money(api, who).await?;
        books.insert((who.token.to_owned(), who.currency.to_owned()), money);
    }
    Ok(books)
}

async fn fund(api: &Api, who: &Character) -> Result<(), ApiError> {
    let kind = match who.kind {
        AccountKind::User => "user",
        AccountKind::Business => "business",
    };
    let account = json!({ "state": who.state, "kind": kind, "currencies": [who.currency] });
    api.put(&format!("/accounts/{}", who.token), account)
        .await?;
    let wanted = Decimal::from(who.money);
    credit(api, who, "opening".to_owned(), wanted).await?;
    let found = money(api, who).await?;
    let available = found.posted - found.held;
    if available * Decimal::TWO < wanted {
        let reference = format!("top-up-{}", uuid::Uuid::now_v7());
        credit(api, who, reference, wanted - available).await?;
    }
    Ok(())
}

async fn credit(
    api: &Api,
    who: &Character,
    reference: String,
    amount: Decimal,
) -> Result<(), ApiError> {
    let transfer = json!({
        "reference": reference,
        "direction": "credit",
        "amount": text(amount, who.currency),
        "currency": who.currency,
        "memo": "demo",
    });
    let path = format!("/accounts/{}/transfers", who.token);
    api.post_once(&path, transfer).await?;
    Ok(())
}

async fn money(api: &Api, who: &Character) -> Result<Money, ApiError> {
    let path = format!("/accounts/{}", who.token);
    let account = api.get(&path).await?;
    let balance = balance(&account, who.currency);
    balance.ok_or(ApiError::Lacking(path, "balance in the account's currency"))
}

fn balance(account: &Value, currency: &str) -> Option<Money> {
    let all = account.get("balances")?.as_array()?;
    let found = all
        .iter()
        .find(|balance| balance.get("currency").and_then(Value::as_str) == Some(currency))?;
    let amount = |name| Decimal::from_str_exact(found.get(name)?.as_str()?).ok();
    Some(Money {
        posted: amount("posted")?,
        held: amount("held")?,
    })
}

/// An amount with all the decimals of its currency.
pub(super) fn text(amount: Decimal, currency: &str) -> String {
    let exponent = Currency::from_code(currency).map_or(2, Currency::exponent);
    format!("{amount:.*}", usize::try_from(exponent).unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cast_is_one_the_network_knows() {
        let cast = cast().unwrap();
        let shares: usize = CHARACTERS.iter().map(|who| who.share).sum();
        assert_eq!(cast.len(), shares);
        assert!(cast.iter().all(|account| &*account.token != YOURS));
    }

    #[test]
    fn a_balance_is_read_from_the_apis_answer() {
        let account = json!({ "token": "a", "balances": [
            { "currency": "EUR", "posted": "1.00", "held": "0.00" },
            { "currency": "USD", "posted": "-8.75", "held": "2.50", "available": "-11.25" },
        ] });
        let money = balance(&account, "USD").unwrap();
        assert_eq!(money.posted, Decimal::new(-875, 2));
        assert_eq!(money.held, Decimal::new(250, 2));
        assert_eq!(balance(&account, "JPY"), None);
    }
}
