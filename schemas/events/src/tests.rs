//! Topics, headers and journal lines as others see them.

use super::{Headers, Line, Topic};
use holdfast_ledger::entry::{Layer, Side, entry_pair};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;

#[test]
fn topics_are_found_by_their_names() {
    for topic in Topic::ALL {
        assert_eq!(Topic::from_name(topic.name()), Some(topic));
        assert_eq!(topic.is_dlq(), topic.name().ends_with(".dlq"));
        let dlq = topic.dlq().map(|dlq| dlq.name().to_owned());
        assert!(dlq.is_none_or(|dlq| dlq == format!("{topic}.dlq")));
    }
}

#[test]
fn headers_are_cloud_events_in_binary_mode() {
    let headers = Headers::new(Topic::Clearings, "e-1", "/holdfast/demo", "t-1", Moment(0));
    assert_eq!(
        headers.pairs(),
        [
            ("ce_specversion", "1.0"),
            ("ce_id", "e-1"),
            ("ce_type", "holdfast.jit.clearing.v1"),
            ("ce_source", "/holdfast/demo"),
            ("ce_subject", "t-1"),
            ("ce_time", "1970-01-01T00:00:00.000Z"),
            ("content-type", "application/json"),
        ]
    );
}

#[test]
fn journal_lines_are_written_with_outside_names() {
    let yen = Currency::parse("JPY").unwrap();
    let entries = entry_pair(
        Side::NetworkSettlement,
        Layer::Held,
        yen,
        Amount::parse("500").unwrap().debit(),
    );
    let lines: Vec<Line> = entries.iter().map(Line::from).collect();
    let text: Vec<_> = lines
        .iter()
        .map(|l| format!("{} {} {}", l.side, l.layer, l.amount))
        .collect();
    assert_eq!(
        text,
        ["customer pending -500", "network_settlement pending 500"]
    );
}
