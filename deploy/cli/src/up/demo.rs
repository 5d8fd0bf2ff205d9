//! The demo program: a handful of people and a business, who always have some money.

mod cast;

pub(super) use cast::{cast, tokens};

use super::api::{Api, ApiError};
use cast::{CHARACTERS, Character, person};
use holdfast_simulator::{AccountKind, Currency};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;

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

/// Adds money to books.
pub(super) fn add(books: &mut Books, more: impl IntoIterator<Item = ((String, String), Money)>) {
    for (account, more) in more {
        let money = books.entry(account).or_default();
        money.posted += more.posted;
        money.held += more.held;
    }
}

/// Opens the accounts and sees that they have money. The same every time.
pub(super) async fn prepare(api: &Api) -> Result<(), ApiError> {
    fund(api, &person(YOURS, "USD", YOUR_MONEY, 0)).await?;
    for character in &CHARACTERS {
        fund(api, character).await?;
    }
    Ok(())
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

/// Tops up all of the cast, and adds what was paid to `paid`.
pub(super) async fn top_up_all(api: &Api, paid: &mut Books) -> Result<(), ApiError> {
    for who in &CHARACTERS {
        let amount = top_up(api, who).await?;
        let money = paid.entry((who.token.to_owned(), who.currency.to_owned()));
        money.or_default().posted += amount;
    }
    Ok(())
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
    top_up(api, who).await?;
    Ok(())
}

/// Gives back what was spent once that is half; how much that was.
async fn top_up(api: &Api, who: &Character) -> Result<Decimal, ApiError> {
    let (wanted, found) = (Decimal::from(who.money), money(api, who).await?);
    let available = found.posted - found.held;
    if available * Decimal::TWO >= wanted {
        return Ok(Decimal::ZERO);
    }
    let (reference, spent) = (
        format!("top-up-{}", uuid::Uuid::now_v7()),
        wanted - available,
    );
    credit(api, who, reference, spent).await?;
    Ok(spent)
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
