//! The sentence for each way in which a transaction moves no money.

use super::{Decided, Notified, Unmoved, explain_no_money};
use crate::processor::fixture::{booking, fact, message};
use crate::processor::{CardMessage, Finding, MessageEffect};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::fact::{DisputeStep, Kind, State};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::Amount;
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::HoldId;
use holdfast_store::decision::StoredOutcome;

fn clearing(is_final: bool) -> Kind {
    Kind::Clearing {
        is_final,
        released: Amount::ZERO,
        record: Default::default(),
    }
}

fn applied(message: &CardMessage) -> Notified<'_> {
    Notified {
        state: message.state.as_str(),
        status: "applied",
        error: None,
        is_booked: false,
        message: Some(message),
    }
}

/// A hold with an authorization of 10.00 in this state, and a clearing of so much.
fn hold(state: State, cleared: &str) -> Hold {
    let mut hold = Hold::open(HoldId::numbered("h-", 1), Policy::default(), Moment(0));
    hold.add_fact(fact("a", Kind::Original, state, "10.00"));
    hold.add_fact(fact("c", clearing(true), State::Completion, cleared));
    hold.standing = hold.fold_standing().unwrap();
    hold
}

fn explain(message: &CardMessage) -> String {
    explain_no_money(&Unmoved {
        notified: vec![applied(message)],
        ..Unmoved::default()
    })
}

#[test]
fn a_notification_that_books_and_moves_nothing_says_why() {
    for (name, kind, state, expected) in [
        (
            "authorization.clearing",
            clearing(false),
            "PENDING",
            "not final: authorization.clearing posts in state COMPLETION, and this is PENDING",
        ),
        (
            "refund",
            Kind::Credit,
            "PENDING",
            "not final: refund posts in state COMPLETION, and this is PENDING",
        ),
        (
            "authorization",
            Kind::Original,
            "HELD",
            "the state HELD is not in the table of messages: nothing is booked",
        ),
        (
            "authorization",
            Kind::Original,
            "DECLINED",
            "cancelled: Marqeta notified DECLINED",
        ),
        (
            "authorization.reversal",
            Kind::PartialReversal,
            "CLEARED",
            "it follows an authorization that was never seen: there is nothing to release",
        ),
        (
            "pindebit.reversal",
            Kind::DebitReversal,
            "COMPLETION",
            "it reverses a debit that was never seen",
        ),
        (
            "authorization.clearing.chargeback",
            Kind::Dispute(DisputeStep::Opened),
            "COMPLETION",
            "the dispute is opened: the network's money is in suspense, not the customer's",
        ),
    ] {
        let message = booking(name, state, kind);
        assert_eq!(explain(&message), expected, "{name} {state}");
    }
}

#[test]
fn a_notification_that_books_nothing_says_what_the_adapter_says() {
    let of = |effect| explain(&message("t", "refund", "COMPLETION", effect));
    let because = || "a reason".to_owned();
    assert_eq!(of(MessageEffect::Nothing(because())), "a reason");
    assert_eq!(of(MessageEffect::Unbookable(because())), "a reason");
    let kept = MessageEffect::KeptByProcessor {
        fact: Box::new(fact("t", Kind::Credit, State::Completion, "10.00")),
        role: holdfast_ledger::fact::Role::Alone,
        because: because(),
        finding: Finding::new(AlertKind::CreditWithoutJit, String::new()),
    };
    assert_eq!(of(kept), "a reason");
}

#[test]
fn a_follow_up_that_releases_nothing_says_what_came_before() {
    let reversal = booking("authorization.reversal", "CLEARED", Kind::PartialReversal);
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
    let posted = booking("authorization.clearing", "COMPLETION", clearing(false));
    let mut failed = booking("authorization.clearing", "DECLINED", clearing(false));
    failed.notice.purchase.response_code = Some("1884".to_owned());
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
    unmoved.notified[0].message = None;
    let other = "it is not a transaction: it changes no balance";
    assert_eq!(explain_no_money(&unmoved), other);
}

#[test]
fn a_decision_without_a_notification_says_what_decided() {
    let refused = |because: Option<&str>| Some(("funds".to_owned(), because.map(str::to_owned)));
    for (outcome, refused_by, expected) in [
        (
            StoredOutcome::Declined,
            refused(Some("insufficient_funds")),
            "declined by the check funds: insufficient_funds",
        ),
        (
            StoredOutcome::Declined,
            refused(None),
            "declined by the check funds",
        ),
        (
            StoredOutcome::OutOfTime,
            None,
            "answered by the timeout policy: there was no time to decide",
        ),
        (
            StoredOutcome::Approved,
            None,
            "approved, and the request asks for no money",
        ),
    ] {
        let failed = booking("authorization", "DECLINED", Kind::Original);
        let mut unmoved = Unmoved {
            decided: Some(Decided {
                outcome,
                refused_by,
            }),
            ..Unmoved::default()
        };
        assert_eq!(explain_no_money(&unmoved), expected);
        unmoved.notified.push(applied(&failed));
        let echoed = if outcome == StoredOutcome::Approved {
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
