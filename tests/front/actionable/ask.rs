//! Requests of every type, written from one line each.

use holdfast_ledger::money::Currency;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_simulator::{Json, MessageKind};
use holdfast_tests::{Bank, Messages};

/// Type, method, amount and options of a message.
pub(super) struct Row<'a> {
    kind: &'a str,
    method: &'a str,
    amount: &'a str,
    options: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// Reads `type method amount option option…`.
    pub(super) fn read(line: &'a str) -> Self {
        let mut words = line.split_whitespace();
        let mut word = || words.next().unwrap();
        let (kind, method, amount) = (word(), word(), word());
        Self {
            kind,
            method,
            amount,
            options: words.collect(),
        }
    }

    pub(super) fn has(&self, option: &str) -> bool {
        self.options.contains(&option)
    }

    fn value(&self, option: &str) -> Option<&'a str> {
        let values = self.options.iter();
        values
            .filter_map(|word| word.split_once('='))
            .find_map(|(name, value)| (name == option).then_some(value))
    }

    /// The field that names the account.
    pub(super) fn owner(&self) -> &'static str {
        if self.has("business") {
            "business_token"
        } else {
            "user_token"
        }
    }
}

/// The row's request in USD, and before it the one of 10.00 that it follows.
pub(super) fn requests(messages: &mut Messages, account: &str, row: &Row<'_>) -> Vec<Json> {
    let Some(first) = row.value("of") else {
        let opening = messages.opening(MessageKind::Authorization, account, row.amount, "USD");
        return vec![dressed(opening.request(), row, account)];
    };
    let before = messages.opening(MessageKind::Authorization, account, "10.00", "USD");
    let after = messages.following(&before, MessageKind::Increment, row.amount);
    let method = format!("pgfs.{first}");
    let first = Row {
        kind: first,
        method: &method,
        amount: "10.00",
        options: Vec::new(),
    };
    vec![
        dressed(before.request(), &first, account),
        dressed(after.request(), row, account),
    ]
}

fn dressed(mut request: Json, row: &Row<'_>, account: &str) -> Json {
    request.set("type", Json::from(row.kind.to_owned()));
    let jit = |name: &str| format!("gpa_order.jit_funding.{name}");
    request.set(&jit("method"), Json::from(row.method.to_owned()));
    request.remove(&jit("user_token"));
    request.set(&jit(row.owner()), Json::from(account.to_owned()));
    if row.has("strings") {
        let amount = || Json::from(row.amount.to_owned());
        request.set(&jit("amount"), amount());
        request.set("amount", amount());
    }
    if row.has("fast") {
        request.set("original_credit.fast_funds_enabled", true.into());
    }
    if let Some(cash) = row.value("cashback") {
        request.set("cash_back_amount", Json::Raw(cash.to_owned()));
    }
    if row.has("unload") {
        let order = request.get("gpa_order").unwrap().clone();
        request.set("gpa_order_unload", order);
        request.remove("gpa_order");
    }
    request
}

/// The card that the account's requests name.
pub(super) fn card(account: &str) -> (CardToken, AccountToken) {
    let card = CardToken::parse(&format!("card-of-{account}")).unwrap();
    (card, AccountToken::parse(account).unwrap())
}

/// `posted held available pending_credit` in USD.
pub(super) async fn balance(bank: &Bank, account: &str) -> String {
    let currency = Currency::parse("USD").unwrap();
    let found = bank.account(account).await.unwrap();
    let pending = found.balances[&currency].pending_credit.text(currency);
    format!("{} {pending}", bank.balance(account, "USD").await)
}
