//! Generated sets: facts without any sense, and purchases as the network might send them.

pub(crate) mod tables;

use crate::books::START;
use holdfast_ledger::fact::{ClearingRecord, DisputeStep, Fact, Kind, MatchSide, Source, State};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{HoldId, TransactionToken};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Up to seven tokens with up to three facts each: any kind, any state, any parent (missing, its own,
/// in a circle), with and without a time.
pub(crate) fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let message = (kind(), subsequence(sources(), 1..=3), any::<bool>());
    let said = prop::collection::vec((message, prop::collection::vec(says(), 3)), 1..8);
    said.prop_map(|messages| {
        let of_one = |(number, ((kind, sources, _), says)): (usize, (_, Vec<Says>))| {
            facts_of(number, &kind, sources, says)
        };
        messages.into_iter().enumerate().flat_map(of_one).collect()
    })
}

/// The same things, each once or more, in any order.
pub(crate) fn shuffled<T: Clone + std::fmt::Debug + 'static>(
    things: Vec<T>,
) -> impl Strategy<Value = Vec<T>> {
    let again = subsequence(things.clone(), 0..=things.len());
    again
        .prop_map(move |again| [things.clone(), again].concat())
        .prop_shuffle()
}

/// What a fact says beside its kind: cents, is it in euros, minute, parent, expiration.
type Says = (u32, bool, Option<i64>, Option<usize>, Option<u16>);

fn says() -> impl Strategy<Value = Says> {
    (
        0..20_000_u32,
        prop::bool::weighted(0.2),
        prop::option::weighted(0.8, 0..4_i64),
        prop::option::of(0..10_usize),
        prop::option::weighted(0.2, 0..20_u16),
    )
}

fn facts_of(number: usize, kind: &Kind, sources: Vec<Source>, says: Vec<Says>) -> Vec<Fact> {
    let sources = match kind {
        Kind::Expiry { .. } => vec![Source::Expiry],
        Kind::Release => vec![Source::Operator],
        Kind::Match { .. } => {
            vec![Source::Matched, Source::Undone][..sources.len().min(2)].to_vec()
        }
        _ => sources,
    };
    let fact = |(source, (cents, euros, minute, parent, expiration)): (Source, Says)| Fact {
        created: minute.map(|minute| Moment(START.0 + minute * 60_000)),
        preceding: parent.map(token),
        expiration: expiration.map(|day| START.plus_days(day)),
        days: (cents % 3 == 0).then_some(4),
        ..Fact::new(
            token(number),
            source,
            kind.clone(),
            amount(cents),
            Currency::parse(if euros { "EUR" } else { "USD" }).expect("a currency"),
        )
    };
    sources.into_iter().zip(says).map(fact).collect()
}

fn token(number: usize) -> TransactionToken {
    TransactionToken::parse(&format!("t{number}")).expect("a token")
}

fn amount(cents: u32) -> Amount {
    Amount::parse(&text(cents)).expect("an amount")
}

/// Cents as a decimal text.
pub(crate) fn text(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn sources() -> Vec<Source> {
    let states = [
        "PENDING",
        "CLEARED",
        "COMPLETION",
        "DECLINED",
        "ERROR",
        "HELD",
        "MARKED",
    ];
    let notified = states.map(|state| Source::Notified(State::parse(state)));
    [vec![Source::Decision], notified.to_vec()].concat()
}

/// One or two clearings of one or two, with or without a reference.
fn record() -> impl Strategy<Value = ClearingRecord> {
    let place = prop::option::weighted(0.4, (1..=2_u16, 1..=2_u16));
    (any::<bool>(), place).prop_map(|(has_reference, place)| ClearingRecord {
        reference: has_reference.then(|| "r-1".to_owned()),
        acquirer_reference: None,
        sequence: None,
        number: place.map(|(number, _)| number),
        count: place.map(|(_, count)| count),
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    let deadline = |days: u16| START.plus_days(days);
    prop_oneof![
        4 => Just(Kind::Original),
        2 => Just(Kind::Increment),
        2 => Just(Kind::Advice { delta: None }),
        2 => (any::<bool>(), 0..5_000_u32, record()).prop_map(|(is_final, released, record)| {
            let released = amount(released);
            Kind::Clearing { is_final, released, record }
        }),
        1 => (0..15_u16).prop_map(move |days| Kind::Expiry { deadline: deadline(days) }),
        1 => any::<bool>().prop_map(|fast| Kind::CreditAuthorization { fast }),
        3 => select(vec![
            DisputeStep::Opened,
            DisputeStep::ProvisionalCredit,
            DisputeStep::ProvisionalDebit,
            DisputeStep::Represented,
            DisputeStep::Won { credit_user: None },
            DisputeStep::Lost,
            DisputeStep::WrittenOff,
        ]).prop_map(Kind::Dispute),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(is_final, is_purchase)| Kind::Match {
            with: HoldId::parse("other").expect("a name"),
            clearing: token(0),
            side: if is_purchase { MatchSide::Purchase } else { MatchSide::Clearing },
            is_final,
            score: 70,
        }),
        6 => select(vec![
            Kind::PartialReversal,
            Kind::FullReversal,
            Kind::IssuerExpiration,
            Kind::Release,
            Kind::ForceCapture,
            Kind::Debit,
            Kind::DebitReversal,
            Kind::Credit,
            Kind::CreditClearing,
            Kind::CreditReversal,
            Kind::Nothing,
        ]),
    ]
}
