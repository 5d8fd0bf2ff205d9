//! What of a message is kept for review, and what alerts by itself.

use super::{alert, booked, classified, nothing};
use crate::catalog::NothingWhy;
use crate::fixture::{changed, notification, order};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::fact::{ClearingRecord, Kind};

#[test]
fn a_clearing_keeps_how_it_names_itself_to_the_network() {
    let more = r#","multi_clearing_sequence_number":"01","multi_clearing_sequence_count":"02",
        "clearing_record_sequence_number":"7","acquirer_reference_data":"arn""#;
    let record = |more: &str| {
        let text = notification("authorization.clearing", "COMPLETION", more);
        match booked(&text).fact.kind {
            Kind::Clearing { record, .. } => record,
            other => panic!("{other:?}"),
        }
    };
    let expected = ClearingRecord {
        reference: None,
        acquirer_reference: Some("arn".to_owned()),
        sequence: Some("7".to_owned()),
        number: Some(1),
        count: Some(2),
    };
    assert_eq!(record(more), expected);
    let both = record(&format!(r#"{more},"network_reference_id":"nref""#));
    assert_eq!(both.reference.as_deref(), Some("nref"));
}

#[test]
fn a_reversal_names_its_amount_or_releases_all() {
    let order = order("gpa_order", "pgfs.authorization.reversal");
    for state in ["PENDING", "CLEARED", "COMPLETION"] {
        let text = notification("authorization.reversal", state, &order);
        assert_eq!(booked(&text).fact.kind, Kind::PartialReversal, "{state}");
        let bare = notification("authorization.reversal", state, "");
        let bare = changed(&bare, &[(r#""amount":10.0,"#, "")]);
        assert_eq!(booked(&bare).fact.kind, Kind::FullReversal, "{state}");
    }
}

#[test]
fn cash_that_others_approved_in_part_alerts() {
    let partial = r#","response":{"code":"0002"}"#;
    for (kind, wanted) in [
        (
            "authorization.atm.withdrawal",
            Some(AlertKind::CashPartiallyApproved),
        ),
        (
            "pindebit.atm.withdrawal",
            Some(AlertKind::CashPartiallyApproved),
        ),
        ("authorization", None),
    ] {
        let of = classified(&notification(kind, "PENDING", partial));
        assert_eq!(alert(&of), wanted, "{kind}");
    }
}

#[test]
fn money_that_is_not_kept_here_alerts_where_the_program_pays_it() {
    for (more, wanted) in [
        (
            order("gpa_order_unload", "pgfs.network.load"),
            Some(AlertKind::NotBooked),
        ),
        (String::new(), None),
    ] {
        let text = notification("fps.credit.clear", "COMPLETION", &more);
        let of = classified(&text);
        assert_eq!(of.effect, nothing(NothingWhy::Elsewhere, &text));
        assert_eq!(alert(&of), wanted);
    }
}
