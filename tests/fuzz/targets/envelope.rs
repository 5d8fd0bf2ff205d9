//! Any body of `POST /webhooks`: every item is classified, parked with a reason, or booked as something
//! that can be stored and read again.

#![no_main]

use holdfast_ledger::fact::Fact;
use holdfast_events::Notice;
use holdfast_marqeta::{Content, Effect, Envelope, Rules, classify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let Ok(envelope) = Envelope::parse(body) else {
        return;
    };
    if let Some(malformed) = &envelope.malformed {
        assert!(!malformed.error.is_empty());
        let again = Envelope::parse(malformed.raw.as_bytes()).expect("it is an object");
        assert_eq!(again.malformed.as_ref(), Some(malformed));
        assert!(again.families.is_empty());
    }
    for (family, item) in envelope.items() {
        match item.read(family) {
            Content::Transaction(message) => {
                let rules = Rules {
                    credits_without_jit: body.len() % 2 == 0,
                };
                let of = classify(&message, rules);
                assert_eq!(of, classify(&message, rules));
                let _ = message.content_hash();
                written(&holdfast_marqeta::event::transaction_notice(&message, None));
                if let Effect::Book(booked) = of.effect {
                    let text = serde_json::to_string(&booked.fact).expect("a fact is JSON");
                    let read: Fact = serde_json::from_str(&text).expect("and is read again");
                    assert_eq!(read, booked.fact);
                    assert!(!booked.links.sought(booked.role).is_empty());
                }
            }
            Content::Transition(change) => written(&holdfast_marqeta::event::transition_notice(&change, None)),
            Content::Unreadable(why) => assert!(!why.is_empty()),
            Content::Ping => {}
        }
    }
});

fn written(notice: &Notice) {
    let text = serde_json::to_string(notice).expect("an event is JSON");
    let read: Notice = serde_json::from_str(&text).expect("and is read again");
    assert_eq!(read, *notice);
}
