//! The sentence for each way in which a transaction moves no money.

use super::{Decided, Notified, Unmoved, explain_no_money};
use holdfast_ledger::fact::{Fact, Kind, Source, State};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{HoldId, TransactionToken};
use holdfast_marqeta::Notification;
use holdfast_store::decision::Outcome;

/// A notification of 10.00 USD; with a JIT block unless its type is marked with a `-`.
fn message(kind: &str, state: &str, more: &str) -> Notification {
    let bare = kind.strip_prefix('-');
    let order = r#","gpa_order":{"jit_funding":{"token":"j","method":"m","amount":10.00}}"#;
    let order = if bare.is_some() { "" } else { order };
    let kind = bare.unwrap_or(kind);
    Notification::parse(&format!(
        r#"{{"type":"{kind}","state":"{state}","token":"t","amount":10.00,"currency_code":"USD"{order}{more}}}"#
    ))
    .unwrap()
}

fn applied(message: &Notification) -> Notified<'_> {
    Notified {
        state: message.state.as_str(),
        status: "applied",
        error: None,
        is_transaction: true,
        is_booked: false,
        message: Some(message),
    }
}

/// A hold with an authorization of 10.00 in this state, and a clearing of so much.
fn hold(state: State, cleared: &str) -> Hold {
    let fact = |token: &str, kind: Kind, state: State, amount: &str| Fact {
        token: TransactionToken::parse(token).unwrap(),
        source: Source::Notified(state),
        kind,
        amount: Amount::parse(amount).unwrap(),
        currency: Currency::parse("USD").unwrap(),
        created: None,
        preceding: None,
        expiration: None,
        days: None,
        card_and_merchant: None,
        increase: Amount::ZERO,
        version: 0,
    };
    let clearing = Kind::Clearing {
        is_final: true,
        released: Amount::ZERO,
        record: Default::default(),
    };
    let mut hold = Hold::open(HoldId::numbered("h-", 1), Policy::default(), Moment(0));
    hold.add(fact("a", Kind::Opener, state, "10.00"));
    hold.add(fact("c", clearing, State::Completion, cleared));
    hold.standing = hold.fold().unwrap();
    hold
}

#[test]
fn a_notification_that_moves_nothing_says_why() {
    for (kind, state, expected) in [
        (
            "authorization.clearing",
            "PENDING",
            "not final: authorization.clearing posts in state COMPLETION, and this is PENDING",
        ),
        (
            "refund",
            "PENDING",
            "not final: refund posts in state COMPLETION, and this is PENDING",
        ),
        (
            "gpa.debit",
            "COMPLETION",
            "gpa.debit is a GPA transaction: its card transaction is booked instead",
        ),
        (
            "pindebit.balanceinquiry",
            "CLEARED",
            "pindebit.balanceinquiry is non-financial: it moves no money",
        ),
        (
            "-refund",
            "COMPLETION",
            "a credit without a JIT block: Marqeta keeps it in the GPA",
        ),
        (
            "made.up",
            "COMPLETION",
            "the type made.up is not in the table of messages: nothing is booked",
        ),
        (
            "authorization",
            "HELD",
            "the state HELD is not in the table of messages: nothing is booked",
        ),
        (
            "authorization",
            "DECLINED",
            "cancelled: Marqeta notified DECLINED",
        ),
        (
            "authorization.reversal",
            "CLEARED",
            "it follows an authorization that was never seen: there is nothing to release",
        ),
        (
            "pindebit.reversal",
            "COMPLETION",
            "it reverses a debit that was never seen",
        ),
        (
            "authorization.clearing.chargeback",
            "COMPLETION",
            "the dispute is opened: the network's money is in suspense, not the customer's",
        ),
    ] {
        let message = message(kind, state, "");
        let unmoved = Unmoved {
            notified: vec![applied(&message)],
            ..Unmoved::default()
        };
        assert_eq!(explain_no_money(&unmoved), expected, "{kind} {state}");
    }
}

#[test]
fn a_follow_up_that_releases_nothing_says_what_came_before() {
    let reversal = message("authorization.reversal", "CLEARED", "");
    for (state, cleared, expected) in [
        (
            State::Pending,
            "10.00",
            "the purchase was cleared in full already: there is nothing to release",
        ),
        (
            State::Pending,
            "4.00",
            "nothing of the purchase was held any more",
        ),
        (
            State::Declined,
            "4.00",
            "its authorization was declined: nothing was held",
        ),
    ] {
        let hold = hold(state, cleared);
        let unmoved = Unmoved {
            notified: vec![applied(&reversal)],
            hold: Some(&hold),
            ..Unmoved::default()
        };
        assert_eq!(explain_no_money(&unmoved), expected, "{cleared}");
    }
}

#[test]
fn the_state_that_counts_is_the_one_that_is_explained() {
    let posted = message("authorization.clearing", "COMPLETION", "");
    let failed = message(
        "authorization.clearing",
        "DECLINED",
        r#","response":{"code":"1884"}"#,
    );
    let mut unmoved = Unmoved {
        notified: vec![applied(&failed), applied(&posted)],
        ..Unmoved::default()
    };
    assert_eq!(
        explain_no_money(&unmoved),
        "cancelled: DECLINED with response code 1884 supersedes COMPLETION of the same transaction"
    );
    unmoved.notified[0].status = "waiting";
    let waiting = "the notification in state DECLINED waits to be applied";
    assert_eq!(explain_no_money(&unmoved), waiting);
    (unmoved.notified[0].status, unmoved.notified[0].error) =
        ("parked", Some("it has no currency"));
    let parked = "the notification in state DECLINED is parked: it has no currency";
    assert_eq!(explain_no_money(&unmoved), parked);
    unmoved.notified[0].status = "applied";
    unmoved.notified[0].is_transaction = false;
    let other = "it is not a transaction: it changes no balance";
    assert_eq!(explain_no_money(&unmoved), other);
}

#[test]
fn a_decision_without_a_notification_says_what_decided() {
    let refused = |because: Option<&str>| Some(("funds".to_owned(), because.map(str::to_owned)));
    for (outcome, refused_by, expected) in [
        (
            Outcome::Declined,
            refused(Some("insufficient_funds")),
            "declined by the check funds: insufficient_funds",
        ),
        (
            Outcome::Declined,
            refused(None),
            "declined by the check funds",
        ),
        (
            Outcome::OutOfTime,
            None,
            "answered by the timeout policy: there was no time to decide",
        ),
        (
            Outcome::Approved,
            None,
            "approved, and the request asks for no money",
        ),
    ] {
        let failed = message("authorization", "DECLINED", "");
        let mut unmoved = Unmoved {
            decided: Some(Decided {
                outcome,
                refused_by,
            }),
            ..Unmoved::default()
        };
        assert_eq!(explain_no_money(&unmoved), expected);
        unmoved.notified.push(applied(&failed));
        let echoed = if outcome == Outcome::Approved {
            "cancelled: Marqeta notified DECLINED"
        } else {
            expected
        };
        assert_eq!(
            explain_no_money(&unmoved),
            echoed,
            "Marqeta repeats our decline"
        );
    }
    let nothing = "only other messages name it: Marqeta has notified nothing of it";
    assert_eq!(explain_no_money(&Unmoved::default()), nothing);
}
