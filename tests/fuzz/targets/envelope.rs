//! Any body of `POST /webhooks`: every item is classified, parked with a reason, or booked as something that can be
//! stored and read again.

#![no_main]

use holdfast_funding::processor::{Content, Processor, parse_normalised, render_normalised};
use holdfast_marqeta::Marqeta;
use holdfast_marqeta::envelope::Envelope;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let Ok(envelope) = Envelope::parse(body) else {
        return assert!(Marqeta.read_notifications(body).is_err());
    };
    if let Some(malformed) = &envelope.malformed {
        assert!(!malformed.error.is_empty());
        let again = Envelope::parse(malformed.raw.as_bytes()).expect("it is an object");
        assert_eq!(again.malformed.as_ref(), Some(malformed));
        assert!(again.families.is_empty());
    }
    for notification in Marqeta.read_notifications(body).expect("it is an envelope") {
        let content = &notification.content;
        assert_eq!(*content, Marqeta.normalise(&notification.family, &notification.raw.0));
        assert_eq!(parse_normalised(&render_normalised(content)), *content);
        match content {
            Content::CardMessage(message) => {
                if let Ok(booked) = message.booked_message(body.len() % 2 == 0) {
                    assert!(!booked.links.sought(booked.role).is_empty());
                }
            }
            Content::Transition(_) => {}
            Content::Unreadable(why) => assert!(!why.is_empty()),
        }
    }
});
