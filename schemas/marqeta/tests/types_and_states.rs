//! Every type in every state, with and without a JIT block: what is booked, which alert, which topic. What the
//! page of messages prints is compared with what the fold does.

#![expect(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

use holdfast_events::Topic;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::book::{Account, AccountBalance, AccountKind, AccountState};
use holdfast_ledger::fact::{DisputeStep, State};
use holdfast_ledger::fold::Anomaly;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_marqeta::Transaction;
use holdfast_marqeta::catalog::{
    BalanceWay, Movement, Pattern, Template, TypeEntry, find_type, movement, types,
};

const STATES: [&str; 6] = [
    "PENDING",
    "CLEARED",
    "COMPLETION",
    "DECLINED",
    "ERROR",
    "HELD",
];

/// A name of the row.
fn name(entry: &TypeEntry) -> String {
    match entry.pattern {
        Pattern::Exact(name) => name.to_owned(),
        Pattern::Prefix(start) => format!("{start}x"),
        Pattern::Between(start, end) => format!("{start}.x{end}"),
    }
}

/// The type of what a message of this kind follows, of 40.00 with token `t-1`.
fn followed(template: Template) -> Option<(&'static str, &'static str)> {
    Some(match template {
        Template::Increment
        | Template::Advice
        | Template::Reversal
        | Template::IssuerExpiration
        | Template::Clearing => ("authorization", "PENDING"),
        Template::DebitReversal => ("pindebit", "COMPLETION"),
        Template::CreditClearing | Template::CreditReversal => ("refund.authorization", "PENDING"),
        Template::Dispute(
            DisputeStep::ProvisionalDebit | DisputeStep::Lost | DisputeStep::WrittenOff,
        ) => ("pindebit.chargeback.provisional.credit", "COMPLETION"),
        _ => return None,
    })
}

fn item(kind: &str, state: &str, (token, amount): (&str, &str), has_jit: bool) -> String {
    let jit = format!(
        r#","gpa_order":{{"token":"o-1","jit_funding":{{"token":"j-{token}","method":"pgfs.x",
        "user_token":"u","amount":{amount},"original_jit_funding_token":"j-t-1"}}}}"#
    );
    let jit = if has_jit { &jit } else { "" };
    format!(
        r#"{{"type":"{kind}","state":"{state}","token":"{token}","user_token":"u","amount":{amount},
        "currency_code":"USD","created_time":"2026-06-04T08:00:00Z",
        "preceding_related_transaction_token":"t-1"{jit}}}"#
    )
}

/// An account, and what is booked on it.
struct Books(Account);

impl Books {
    fn open() -> Self {
        let token = AccountToken::parse("u").unwrap();
        Self(Account::new(token, AccountState::Active, AccountKind::User))
    }

    fn balance(&self) -> AccountBalance {
        self.0.balance(Currency::parse("USD").unwrap())
    }

    /// Books a message; the anomalies that its hold has then.
    fn book(&mut self, text: &str, name: &str) -> Vec<Anomaly> {
        let (_, message) = Transaction::parse_notification(text).unwrap().normalise();
        let Ok(message) = message.booked_message(false) else {
            return Vec::new();
        };
        let id = HoldId::parse(name).unwrap();
        let plan = self
            .0
            .plan(&message, &id, Policy::default(), Moment(0))
            .unwrap();
        let anomalies = plan.hold.fold_anomalies().unwrap();
        self.0.apply_plan(plan);
        anomalies
    }
}

fn way(before: Signed, after: Signed) -> BalanceWay {
    match after.cmp(&before) {
        std::cmp::Ordering::Less => BalanceWay::Down,
        std::cmp::Ordering::Equal => BalanceWay::Stays,
        std::cmp::Ordering::Greater => BalanceWay::Up,
    }
}

/// What the fold does with one message.
fn moved(entry: &TypeEntry, state: &str, has_jit: bool) -> (Movement, Vec<Anomaly>) {
    let mut books = Books::open();
    if let Some((kind, state)) = followed(entry.template) {
        books.book(&item(kind, state, ("t-1", "40.00"), true), "h-1");
        assert_ne!(books.balance(), AccountBalance::default(), "{kind}");
    }
    let before = books.balance();
    let text = item(&name(entry), state, ("t-2", "10.00"), has_jit);
    let anomalies = books.book(&text, "h-2");
    let after = books.balance();
    let movement = Movement {
        posted: way(before.posted, after.posted),
        held: way(before.held, after.held),
        pending_credit: way(before.pending_credit, after.pending_credit),
    };
    (movement, anomalies)
}

fn is_failed(state: &State) -> bool {
    matches!(state, State::Declined | State::Error)
}

/// Without a JIT block a credit is Marqeta's own balance's.
fn is_kept_by_marqeta(entry: &TypeEntry, state: &State, has_jit: bool) -> bool {
    entry.template.is_credit() && !has_jit && !is_failed(state)
}

fn expected_movement(entry: &TypeEntry, state: &State, has_jit: bool) -> Movement {
    if is_kept_by_marqeta(entry, state, has_jit) {
        Movement::default()
    } else {
        movement(entry.template, state)
    }
}

fn expected_alert(entry: &TypeEntry, state: &State, has_jit: bool) -> Option<AlertKind> {
    let books = !matches!(
        entry.template,
        Template::Inquiry | Template::Notice | Template::GpaTransaction | Template::Elsewhere
    );
    if entry.template == Template::Elsewhere && has_jit && !is_failed(state) {
        Some(AlertKind::NotBooked)
    } else if is_kept_by_marqeta(entry, state, has_jit) {
        Some(AlertKind::CreditWithoutJit)
    } else if books && matches!(state, State::Other(_)) {
        Some(AlertKind::UnknownState)
    } else if books && has_jit {
        // The method of these messages is none of Marqeta's.
        Some(AlertKind::UnknownMethod)
    } else {
        None
    }
}

/// Money that was to be posted, in a state that is neither final nor PENDING.
fn is_not_final(entry: &TypeEntry, state: &State, has_jit: bool) -> bool {
    *state == State::Cleared
        && !entry.final_states().is_empty()
        && !entry.final_states().contains(state)
        // A debit is held until it is final.
        && entry.template != Template::Debit
        && !is_kept_by_marqeta(entry, state, has_jit)
}

fn expected_topic(entry: &TypeEntry, state: &State) -> Topic {
    if is_failed(state) && entry.is_authorization() {
        Topic::Reversals
    } else {
        entry.topic()
    }
}

#[test]
fn every_type_in_every_state_books_alerts_and_is_published_as_the_page_says() {
    let mut seen = 0;
    for entry in types() {
        let name = name(entry);
        assert_eq!(find_type(&name), Some(entry), "{name} is of another row");
        for (text, has_jit) in STATES
            .iter()
            .flat_map(|state| [(state, true), (state, false)])
        {
            let state = State::parse(text);
            let what = format!(
                "{name} {text} {}",
                if has_jit { "with jit" } else { "bare" }
            );
            let raw = item(&name, text, ("t-2", "10.00"), has_jit);
            let message = Transaction::parse_notification(&raw).unwrap();
            let (topic, message) = message.normalise();
            let alert = message.finding(false).map(|finding| finding.kind);
            assert_eq!(alert, expected_alert(entry, &state, has_jit), "{what}");
            assert_eq!(topic, expected_topic(entry, &state), "{what}");
            let (movement, anomalies) = moved(entry, text, has_jit);
            assert_eq!(
                movement,
                expected_movement(entry, &state, has_jit),
                "{what}"
            );
            let not_final = |anomaly: &Anomaly| matches!(anomaly, Anomaly::NotFinal { .. });
            let found = anomalies.iter().any(not_final);
            assert_eq!(found, is_not_final(entry, &state, has_jit), "{what}");
            seen += 1;
        }
    }
    assert!(seen > 1_200, "only {seen} combinations");
}
