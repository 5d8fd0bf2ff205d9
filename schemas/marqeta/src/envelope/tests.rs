//! Envelopes of every shape, and items that are none.

use super::{Content, Envelope, read_notifications};

fn read(body: &str) -> Vec<(String, Content)> {
    let read = read_notifications(body.as_bytes()).unwrap();
    let read = read.into_iter();
    read.map(|notification| (notification.family, notification.content))
        .collect()
}

#[test]
fn families_and_items_keep_their_order_and_their_text() {
    let body = r#"{"cardtransitions":[{"token":"c-1"}],"transactions":[ {"token": "2"} ,{"token":"1"}],"pings":[]}"#;
    let envelope = Envelope::parse(body.as_bytes()).unwrap();
    let families: Vec<_> = envelope
        .families
        .iter()
        .map(|family| family.name.as_str())
        .collect();
    assert_eq!(families, ["cardtransitions", "transactions", "pings"]);
    let texts: Vec<_> = envelope.items().map(|(_, item)| item.raw()).collect();
    assert_eq!(
        texts,
        [
            r#"{"token":"c-1"}"#,
            r#"{"token": "2"}"#,
            r#"{"token":"1"}"#
        ]
    );
}

#[test]
fn one_bad_item_harms_only_itself() {
    let read = read(r#"{"transactions":[{"token":"1"},7,{},{"token":"2"},null,{"token":7}]}"#);
    let good: Vec<_> = read
        .iter()
        .map(|(_, content)| matches!(content, Content::CardMessage(_)))
        .collect();
    assert_eq!(good, [true, false, false, true, false, false]);
    let Content::Unreadable(why) = &read[2].1 else {
        panic!("{:?}", read[2])
    };
    assert_eq!(why, "reading token: it is missing");
}

#[test]
fn keys_without_an_array_are_one_malformed_part_beside_well_formed_families() {
    let body = r#"{"event_type":"authorization","transactions":[{"token":"1"}], "transaction": {"token": "2"},"odd \"key":null}"#;
    let envelope = Envelope::parse(body.as_bytes()).unwrap();
    let well_formed: Vec<_> = envelope.items().map(|(_, item)| item.raw()).collect();
    assert_eq!(well_formed, [r#"{"token":"1"}"#]);
    let malformed = envelope.malformed.unwrap();
    let expected =
        r#"{"event_type":"authorization","transaction":{"token": "2"},"odd \"key":null}"#;
    assert_eq!(malformed.raw, expected);
    let error = "reading the envelope: event_type, transaction, odd \"key must hold an array of \
                 notifications; correct the sender";
    assert_eq!(malformed.error, error);
}

#[test]
fn a_malformed_part_read_again_is_the_same() {
    for value in [r#"{"token":"1"}"#, "7", "null", r#""text""#] {
        let body = format!(r#"{{"transactions":{value}}}"#);
        let first = Envelope::parse(body.as_bytes()).unwrap();
        assert_eq!(first.items().count(), 0, "{value}");
        let malformed = first.malformed.unwrap();
        assert_eq!(malformed.raw, body);
        let again = Envelope::parse(malformed.raw.as_bytes()).unwrap();
        assert_eq!(again.malformed, Some(malformed));
    }
}

#[test]
fn the_error_of_a_malformed_part_stays_short() {
    let keys: Vec<String> = (0..9)
        .map(|n| format!(r#""{n}{}":0"#, "k".repeat(500)))
        .collect();
    let body = format!("{{{}}}", keys.join(","));
    let malformed = Envelope::parse(body.as_bytes()).unwrap().malformed.unwrap();
    assert!(malformed.error.len() < 400, "{}", malformed.error);
    assert!(
        malformed.error.contains("and 4 more"),
        "{}",
        malformed.error
    );
    assert_eq!(malformed.raw, body);
    let body = r#"{"a\u001b[31m\nb":1}"#;
    let malformed = Envelope::parse(body.as_bytes()).unwrap().malformed.unwrap();
    assert!(
        !malformed.error.contains(char::is_control),
        "{:?}",
        malformed.error
    );
}

#[test]
fn the_same_family_twice_loses_nothing() {
    let read = read(r#"{"transactions":[{"token":"1"}],"transactions":[{"token":"2"}]}"#);
    assert_eq!(read.len(), 2);
}

#[test]
fn debug_output_does_not_show_the_raw_text() {
    let item = r#"{"token":"1","note":"SECRET NAME","card_acceptor":{"name":"SECRET NAME"}}"#;
    let body = format!(r#"{{"transactions":[{item},7],"cardtransitions":[{item}]}}"#);
    let read = read_notifications(body.as_bytes()).unwrap();
    assert!(!format!("{read:?}").contains("SECRET NAME"));
    let raws: Vec<&str> = read
        .iter()
        .map(|notification| &*notification.raw.0)
        .collect();
    assert_eq!(raws, [item, "7", item]);
}

#[test]
fn pings_are_dropped_and_nothing_beside_them() {
    assert_eq!(
        read(r#"{"pings":[{"token":"marqeta","payload":"healthcheck"}]}"#),
        []
    );
    let beside = read(r#"{"pings":[{"token":"marqeta"}],"x":[1],"y":2}"#);
    let families: Vec<_> = beside.iter().map(|(family, _)| family.as_str()).collect();
    assert_eq!(families, ["x", "(malformed)"]);
}

#[test]
fn card_transitions_name_card_and_state() {
    let read = read(
        r#"{"cardtransitions":[{"token":"x","state":"suspended","card":{"token":"card-7"},"user_token":"u"}]}"#,
    );
    let Content::Transition(change) = &read[0].1 else {
        panic!("{read:?}")
    };
    assert_eq!(change.state.as_deref(), Some("SUSPENDED"));
    assert_eq!(change.card.as_ref().unwrap().as_str(), "card-7");
}

#[test]
fn user_and_business_transitions_name_account_and_status() {
    for (item, account, state) in [
        (
            r#"{"usertransitions":[{"token":"x","status":"SUSPENDED","user_token":"u"}]}"#,
            "u",
            Some("SUSPENDED"),
        ),
        (
            r#"{"usertransitions":[{"token":"x","state":"ok","status":" closed ","user_token":"u"}]}"#,
            "u",
            Some("CLOSED"),
        ),
        (
            r#"{"businesstransitions":[{"token":"x","status":"ACTIVE","user_token":"u","business_token":"b"}]}"#,
            "b",
            Some("ACTIVE"),
        ),
        (
            r#"{"usertransitions":[{"token":"x","status":"","user_token":"u"}]}"#,
            "u",
            None,
        ),
    ] {
        let read = read(item);
        let Content::Transition(change) = &read[0].1 else {
            panic!("{read:?}")
        };
        assert_eq!(change.account.as_ref().unwrap().as_str(), account, "{item}");
        assert_eq!(change.state.as_deref(), state, "{item}");
    }
}

#[test]
fn a_transition_without_a_readable_time_has_none() {
    for (time, found) in [
        (r#""created_time":"1970-01-01T00:00:01Z""#, Some(1_000)),
        (
            r#""created_time":"1970-01-01T00:00:01Z","created_timestamp":"1970-01-01T00:00:01.500Z""#,
            Some(1_000),
        ),
        (
            r#""created_timestamp":"1970-01-01T00:00:01.500Z""#,
            Some(1_500),
        ),
        (r#""created_time":"yesterday""#, None),
        (r#""created_time":null"#, None),
    ] {
        let read = read(&format!(
            r#"{{"cardtransitions":[{{"token":"x",{time}}}]}}"#
        ));
        let Content::Transition(change) = &read[0].1 else {
            panic!("{read:?}")
        };
        assert_eq!(change.created.map(|at| at.0), found, "{time}");
    }
}

#[test]
fn what_is_no_object_is_no_envelope() {
    for body in ["", "[]", "7", "{", r#"{"transactions":[}"#, "null"] {
        assert!(Envelope::parse(body.as_bytes()).is_err(), "{body}");
    }
    assert!(Envelope::parse(b"{}").unwrap().families.is_empty());
    assert!(Envelope::parse(b"{\"transactions\":[\"\xff\"]}").is_err());
}
