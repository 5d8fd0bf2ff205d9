//! From rows to what arrives.

use super::expect::Expectation;
use super::row::Row;
use crate::books::{Act, Arrival, Books, START};
use holdfast_ledger::fact::{
    CardAndMerchant, ClearingRecord, DisputeStep, Fact, Kind, Links, Message, Role, Source, State,
};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::{CreditAt, DisputeWon, Policy};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{
    CardToken, DisputeToken, JitToken, NetworkToken, OrderToken, TransactionToken,
};

pub(super) enum Step {
    Arrive(Arrival),
    Expect(Expectation),
}

impl Step {
    pub(super) fn arrival(&self) -> Option<&Arrival> {
        match self {
            Self::Arrive(arrival) => Some(arrival),
            Self::Expect(_) => None,
        }
    }

    pub(super) fn expectation(&self) -> Option<&Expectation> {
        match self {
            Self::Arrive(_) => None,
            Self::Expect(expectation) => Some(expectation),
        }
    }
}

/// How the account is before the first message.
#[derive(Default)]
pub(super) struct Setup {
    funds: Amount,
    policy: Policy,
}

impl Setup {
    fn decide(&mut self, policy: &str) {
        match policy {
            "credit-at-authorization" => self.policy.credit_at = CreditAt::Authorization,
            "dispute-won-as-stated" => self.policy.dispute_won = DisputeWon::AsStated,
            "keep-after-last-clearing" => self.policy.release_after_last_clearing = false,
            "dispute-won-keep" => self.policy.dispute_won = DisputeWon::Keep,
            other => unreachable!("no such policy: {other}"),
        }
    }

    pub(super) fn books(&self) -> Books {
        let mut books = Books::new(self.policy);
        books.fund(self.funds, currency("USD"));
        books
    }
}

pub(super) fn read(text: &str) -> (Setup, Vec<Step>) {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let rows: Vec<Row> = (0_i64..)
        .zip(lines.clone())
        .map(|(number, line)| Row::parse(line, number))
        .collect();
    let mut setup = Setup::default();
    let mut steps = Vec::new();
    for (row, line) in rows.iter().zip(lines) {
        match row.verb.as_str() {
            "fund" => setup.funds = amount(row),
            "policy" => setup.decide(&row.token),
            "=>" => steps.push(Step::Expect(Expectation::parse(line))),
            _ if row.is_act() => steps.push(Step::Arrive(act(row))),
            _ => steps.push(Step::Arrive(message(row, &rows))),
        }
    }
    (setup, steps)
}

fn message(said: &Row, rows: &[Row]) -> Arrival {
    let row = said.whole(rows);
    let links = links(&row, &row.root(rows));
    let fact = Fact {
        created: created(&row),
        preceding: links.preceding.clone(),
        expiration: row.option("expires").map(|day| moment(day, 0)),
        days: row.option("days").map(|days| days.parse().expect(days)),
        card_and_merchant: card_and_merchant(&row),
        increase: row
            .option("increase")
            .map_or(Amount::ZERO, |more| Amount::parse(more).expect(more)),
        ..Fact::new(
            links.own.clone(),
            source(said, &row),
            kind(&row),
            amount(&row),
            currency(row.option("cur").unwrap_or("USD")),
        )
    };
    Arrival::Message(Box::new(Message {
        fact,
        links,
        role: role(&row),
    }))
}

fn act(row: &Row) -> Arrival {
    let deadline = moment(row.option("at").unwrap_or("7"), row.line);
    let (kind, source) = match row.verb.as_str() {
        "expire" => (Kind::Expiry { deadline }, Source::Expiry),
        _ => (Kind::Release, Source::Operator),
    };
    let fact = Fact {
        created: Some(deadline),
        ..Fact::new(
            transaction(&format!("{}-{}-{}", row.verb, row.token, deadline.0)),
            source,
            kind,
            Amount::ZERO,
            currency("USD"),
        )
    };
    Arrival::Act(Box::new(Act {
        on: transaction(&row.token),
        fact,
    }))
}

fn source(said: &Row, row: &Row) -> Source {
    let usual = match row.verb.as_str() {
        "reverse" if !row.flag("full") => "PENDING",
        "auth" | "standin" | "incr" | "advice" | "credit-auth" => "PENDING",
        "reverse" | "issuer-expiry" | "credit-reverse" | "nothing" => "CLEARED",
        _ => "COMPLETION",
    };
    match said.verb.as_str() {
        "ours" => Source::Decision,
        "decline" => Source::Notified(State::Declined),
        "error" => Source::Notified(State::Error),
        _ => Source::Notified(State::parse(row.option("state").unwrap_or(usual))),
    }
}

fn kind(row: &Row) -> Kind {
    let named = |key| row.option(key).map(|text| Amount::parse(text).expect(text));
    match row.verb.as_str() {
        "auth" | "standin" => Kind::Original,
        "incr" => Kind::Increment,
        "advice" => Kind::Advice {
            delta: named("was").map(|was| was.less(amount(row))),
        },
        "reverse" if row.amount.is_none() => Kind::FullReversal,
        "reverse" => Kind::PartialReversal,
        "issuer-expiry" => Kind::IssuerExpiration,
        "clear" => Kind::Clearing {
            is_final: row.flag("final"),
            released: named("release").unwrap_or_default(),
            record: record(row),
        },
        "force" => Kind::ForceCapture,
        "debit" => Kind::Debit,
        "undo-debit" => Kind::DebitReversal,
        "credit" => Kind::Credit,
        "credit-auth" => Kind::CreditAuthorization {
            fast: row.flag("fast"),
        },
        "credit-clear" => Kind::CreditClearing,
        "credit-reverse" => Kind::CreditReversal,
        "nothing" => Kind::Nothing,
        other => Kind::Dispute(dispute(other, row).expect(other)),
    }
}

fn record(row: &Row) -> ClearingRecord {
    let number = |text: &str| text.parse().expect("a number");
    let place = row.option("seq").and_then(|seq| seq.split_once('/'));
    ClearingRecord {
        reference: row.option("ref").map(str::to_owned),
        acquirer_reference: row.option("arn").map(str::to_owned),
        sequence: row.option("rec").map(str::to_owned),
        number: place.map(|(which, _)| number(which)),
        count: place.map(|(_, of)| number(of)),
    }
}

fn dispute(verb: &str, row: &Row) -> Option<DisputeStep> {
    Some(match verb {
        "dispute" => DisputeStep::Opened,
        "provisional-credit" => DisputeStep::ProvisionalCredit,
        "provisional-debit" => DisputeStep::ProvisionalDebit,
        "representment" => DisputeStep::Represented,
        "won" => DisputeStep::Won {
            credit_user: row.option("credit-user").map(|said| said == "yes"),
        },
        "lost" => DisputeStep::Lost,
        "write-off" => DisputeStep::WrittenOff,
        _ => return None,
    })
}

fn card_and_merchant(row: &Row) -> Option<CardAndMerchant> {
    let text = |key| row.option(key).map(str::to_owned);
    let card = text("card").map(|card| CardToken::parse(&card).expect("a card"));
    let network = text("net").map(|net| NetworkToken::parse(&net).expect("a token"));
    let card_and_merchant = CardAndMerchant {
        card,
        merchant: text("mid"),
        merchant_name: text("name"),
        merchant_city: text("city"),
        mcc: text("mcc"),
        approval: text("code"),
        network,
        ..CardAndMerchant::default()
    };
    card_and_merchant.if_known()
}

fn role(row: &Row) -> Role {
    match row.verb.as_str() {
        "auth" | "standin" | "debit" | "credit-auth" => Role::Original,
        "credit" | "force" => Role::Alone,
        verb if dispute(verb, row).is_some() => Role::Dispute,
        _ => Role::FollowUp,
    }
}

/// Full links are those of a message with a JIT block: its own JIT message, the group's first one, the
/// message before, and the order.
fn links(row: &Row, root: &str) -> Links {
    let is_dispute = dispute(&row.verb, row).is_some();
    let follows = root != row.token && !is_dispute;
    let case = row.option("case").unwrap_or("1");
    let only = row.option("link");
    let has = |link| only.is_none_or(|only| only == link);
    let jit = |token: &str| JitToken::parse(&format!("j-{token}")).expect("a token");
    let group = row.option("group").unwrap_or(root);
    let order = row
        .option("order")
        .map_or(format!("o-{root}"), str::to_owned);
    let order = OrderToken::parse(&order).expect("a token");
    let has_jit = row.verb != "standin" && row.verb != "force" && has("jit");
    Links {
        jit: has_jit.then(|| jit(&row.token)),
        original_jit: (has_jit && follows).then(|| jit(group)),
        preceding: row
            .option("of")
            .filter(|_| has("preceding"))
            .map(transaction),
        order: has("order").then_some(order),
        original: (follows && only == Some("original")).then(|| transaction(root)),
        dispute: is_dispute.then(|| DisputeToken::parse(case).expect("a token")),
        network: row
            .option("net")
            .map(|net| NetworkToken::parse(net).expect("a token")),
        ..Links::new(transaction(&row.token))
    }
}

fn created(row: &Row) -> Option<Moment> {
    match row.option("at") {
        Some("none") => None,
        day => Some(moment(day.unwrap_or("0"), row.line)),
    }
}

fn moment(day: &str, minutes: i64) -> Moment {
    let midnight = START.plus_days(day.parse().expect("a day"));
    Moment(midnight.0 + minutes * 60_000)
}

fn amount(row: &Row) -> Amount {
    let text = row.amount.as_deref().unwrap_or("0");
    Amount::parse_in(text, currency(row.option("cur").unwrap_or("USD"))).expect(text)
}

pub(super) fn currency(code: &str) -> Currency {
    Currency::parse(code).expect(code)
}

fn transaction(text: &str) -> TransactionToken {
    TransactionToken::parse(text).expect(text)
}
