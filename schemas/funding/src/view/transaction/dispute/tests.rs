//! Which dispute messages are about a purchase, and what they have moved.

use super::{DisputeView, MovedView, Names};
use crate::processor::fixture::{message, transaction_token};
use crate::processor::{Content, MessageEffect, render_normalised};
use holdfast_events::Dispute;
use holdfast_ledger::entry::{Entry, Layer, Side};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::DisputeToken;
use holdfast_store::transaction::{DisputeRecord, RawText};

/// A message of the dispute `of`, after `preceding`, that has moved so much to the customer.
fn record(
    token: &str,
    kind: &str,
    of: Option<&str>,
    preceding: &str,
    moved: &str,
) -> DisputeRecord {
    let nothing = MessageEffect::Nothing("of no account here".to_owned());
    let mut message = message(token, kind, "COMPLETION", nothing);
    message.links.preceding = Some(transaction_token(preceding));
    let named = of.map_or_else(|| format!("of:{preceding}"), str::to_owned);
    message.links.dispute = Some(DisputeToken::parse(&named).unwrap());
    message.notice.purchase.amount = Some("5.00".to_owned());
    message.notice.clearing.dispute = of.map(|of| Dispute {
        token: Some(of.to_owned()),
        state: Some("INITIATED".to_owned()),
        amount: None,
        credit_user: None,
    });
    let content = Content::CardMessage(Box::new(message));
    let usd = Currency::parse("USD").unwrap();
    let amount = Amount::parse(moved).unwrap().credit();
    let entry = |side, layer| Entry {
        side,
        layer,
        currency: usd,
        amount,
    };
    DisputeRecord {
        token: token.to_owned(),
        state: "COMPLETION".to_owned(),
        kind: kind.to_owned(),
        status: "applied".to_owned(),
        message: RawText(render_normalised(&content)),
        received: Moment(token.bytes().last().map_or(0, i64::from)),
        entries: vec![
            entry(Side::Customer, Layer::Settled),
            entry(Side::DisputeSuspense, Layer::Settled),
            entry(Side::Customer, Layer::Held),
        ],
    }
}

const OPENED: &str = "authorization.clearing.chargeback";
const CREDITED: &str = "authorization.clearing.chargeback.provisional.credit";

fn names() -> Names {
    Names {
        transactions: ["t-2".to_owned()].into(),
        ..Names::default()
    }
}

#[test]
fn the_steps_of_the_purchase_are_found_by_its_tokens_their_dispute_and_each_other() {
    let records = || {
        vec![
            // A later step that names the dispute alone, and one that names a step before it.
            record("d-3", CREDITED, Some("case"), "elsewhere", "3.00"),
            record("d-4", CREDITED, None, "d-1", "4.00"),
            record("d-1", OPENED, Some("case"), "t-2", "0"),
            record("x-1", OPENED, Some("other"), "t-9", "9.00"),
        ]
    };
    let disputes = DisputeView::all_of(records(), names());
    let tokens = disputes.iter().map(|dispute| {
        let steps = dispute.steps.iter().map(|step| step.transaction.as_str());
        (dispute.dispute.as_deref(), steps.collect::<Vec<_>>())
    });
    let tokens: Vec<_> = tokens.collect();
    assert_eq!(
        tokens,
        [(Some("case"), vec!["d-1", "d-3"]), (None, vec!["d-4"])]
    );
    assert_eq!(disputes[0].steps[0].message.amount.as_deref(), Some("5.00"));
    assert_eq!(
        disputes[0].steps[0].dispute_state.as_deref(),
        Some("INITIATED")
    );
    assert!(DisputeView::all_of(records(), Names::default()).is_empty());
}

#[test]
fn money_is_counted_once_for_each_token_and_only_the_customers() {
    let twice = |state: &str| DisputeRecord {
        state: state.to_owned(),
        ..record("d-1", CREDITED, Some("case"), "t-2", "4.00")
    };
    let second = record("d-2", CREDITED, Some("case"), "t-2", "6.00");
    let disputes =
        DisputeView::all_of(vec![twice("PENDING"), twice("COMPLETION"), second], names());
    let wanted = MovedView {
        amount: "10.00".to_owned(),
        currency: "USD",
    };
    assert_eq!(disputes[0].moved, [wanted]);
    assert_eq!(disputes[0].steps.len(), 3);
}
