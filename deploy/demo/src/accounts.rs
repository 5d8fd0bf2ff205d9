//! The demo accounts: some users and a business, which always have money.

mod participants;

pub(crate) use participants::{account_tokens, simulated_accounts};

use crate::api::{ApiClient, ApiError};
use holdfast_simulator::{AccountKind, Currency};
use participants::{PARTICIPANTS, Participant, new_person};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// For the user's own purchases: the traffic does not use it.
pub const YOUR_ACCOUNT: &str = "demo-you";
const YOUR_CREDIT: u32 = 500;

/// Balance of one account in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DemoBalance {
    pub(crate) posted: Decimal,
    pub(crate) held: Decimal,
}

/// Balances by account and currency.
pub(crate) type DemoBalances = BTreeMap<(String, String), DemoBalance>;

/// Adds balances to others.
pub(crate) fn add_balances(
    balances: &mut DemoBalances,
    more: impl IntoIterator<Item = ((String, String), DemoBalance)>,
) {
    for (account, more) in more {
        let balance = balances.entry(account).or_default();
        balance.posted += more.posted;
        balance.held += more.held;
    }
}

/// Opens the accounts and credits them. Idempotent.
pub(crate) async fn open_accounts(api: &ApiClient) -> Result<(), ApiError> {
    open_account(api, &new_person(YOUR_ACCOUNT, "USD", YOUR_CREDIT, 0)).await?;
    for participant in &PARTICIPANTS {
        open_account(api, participant).await?;
    }
    Ok(())
}

/// Reads the balances of the participants.
pub(crate) async fn read_balances(api: &ApiClient) -> Result<DemoBalances, ApiError> {
    let mut balances = DemoBalances::new();
    for participant in &PARTICIPANTS {
        let balance = read_balance(api, participant).await?;
        balances.insert(
            (
                participant.token.to_owned(),
                participant.currency.to_owned(),
            ),
            balance,
        );
    }
    Ok(balances)
}

/// Tops up all participants, and adds the amounts to `paid`.
pub(crate) async fn top_up_accounts(
    api: &ApiClient,
    paid: &mut DemoBalances,
) -> Result<(), ApiError> {
    for participant in &PARTICIPANTS {
        let amount = top_up_account(api, participant).await?;
        let balance = paid.entry((
            participant.token.to_owned(),
            participant.currency.to_owned(),
        ));
        balance.or_default().posted += amount;
    }
    Ok(())
}

async fn open_account(api: &ApiClient, participant: &Participant) -> Result<(), ApiError> {
    let kind = match participant.kind {
        AccountKind::User => "user",
        AccountKind::Business => "business",
    };
    let account =
        json!({ "state": participant.state, "kind": kind, "currencies": [participant.currency] });
    api.put(&format!("/accounts/{}", participant.token), account)
        .await?;
    let wanted = Decimal::from(participant.credit);
    credit_account(api, participant, "opening".to_owned(), wanted).await?;
    top_up_account(api, participant).await?;
    Ok(())
}

/// Credits what was spent, once that is more than half. Returns the amount.
async fn top_up_account(api: &ApiClient, participant: &Participant) -> Result<Decimal, ApiError> {
    let (wanted, found) = (
        Decimal::from(participant.credit),
        read_balance(api, participant).await?,
    );
    let available = found.posted - found.held;
    if available * Decimal::TWO >= wanted {
        return Ok(Decimal::ZERO);
    }
    let (reference, spent) = (
        format!("top-up-{}", uuid::Uuid::now_v7()),
        wanted - available,
    );
    credit_account(api, participant, reference, spent).await?;
    Ok(spent)
}

async fn credit_account(
    api: &ApiClient,
    participant: &Participant,
    reference: String,
    amount: Decimal,
) -> Result<(), ApiError> {
    let transfer = json!({
        "reference": reference,
        "direction": "credit",
        "amount": format_amount(amount, participant.currency),
        "currency": participant.currency,
        "memo": "demo",
    });
    let path = format!("/accounts/{}/transfers", participant.token);
    api.post_once(&path, transfer).await?;
    Ok(())
}

async fn read_balance(api: &ApiClient, participant: &Participant) -> Result<DemoBalance, ApiError> {
    let path = format!("/accounts/{}", participant.token);
    let account = api.get(&path).await?;
    let balance = parse_balance(&account, participant.currency);
    balance.ok_or(ApiError::MissingField(
        path,
        "balance in the account's currency",
    ))
}

fn parse_balance(account: &Value, currency: &str) -> Option<DemoBalance> {
    let all = account.get("balances")?.as_array()?;
    let found = all
        .iter()
        .find(|balance| balance.get("currency").and_then(Value::as_str) == Some(currency))?;
    let amount = |name| Decimal::from_str_exact(found.get(name)?.as_str()?).ok();
    Some(DemoBalance {
        posted: amount("posted")?,
        held: amount("held")?,
    })
}

/// Formats an amount with all the decimals of its currency.
pub(crate) fn format_amount(amount: Decimal, currency: &str) -> String {
    let exponent = Currency::from_code(currency).map_or(2, Currency::exponent);
    format!("{amount:.*}", usize::try_from(exponent).unwrap_or(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_is_read_from_the_apis_response() {
        let account = json!({ "token": "a", "balances": [
            { "currency": "EUR", "posted": "1.00", "held": "0.00" },
            { "currency": "USD", "posted": "-8.75", "held": "2.50", "available": "-11.25" },
        ] });
        let usd = parse_balance(&account, "USD").unwrap();
        assert_eq!(usd.posted, Decimal::new(-875, 2));
        assert_eq!(usd.held, Decimal::new(250, 2));
        assert_eq!(parse_balance(&account, "JPY"), None);
    }
}
