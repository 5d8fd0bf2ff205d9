//! The envelope of notifications: `{"transactions":[…]}` and other families (reference section 8).

use crate::hash::hash_text;
use crate::malformed::Malformed;
use crate::message::read_card_message;
use crate::transition::read_transition;
use holdfast_events::Topic;
use holdfast_events::json::{self, FieldError};
use holdfast_funding::processor::{Content, Notification, Raw};
use serde_json::value::RawValue;

/// One delivery, its families in the order in which they were sent. Texts are borrowed from the body.
#[derive(Debug, Clone)]
pub struct Envelope<'a> {
    /// Every key of the body whose value is an array, also an empty one; the same key twice is two families.
    pub families: Vec<Family<'a>>,
    /// All other keys together: one malformed envelope is one dead letter.
    pub malformed: Option<Malformed>,
}

/// The items of one family, such as `transactions`.
#[derive(Debug, Clone)]
pub struct Family<'a> {
    /// The key, as it was sent.
    pub name: String,
    /// Its items.
    pub items: Vec<Item<'a>>,
}

/// One item, not yet read.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    raw: &'a RawValue,
}

impl<'a> Envelope<'a> {
    /// Reads the outermost two levels.
    ///
    /// # Errors
    /// [`FieldError`] when the body is no JSON object. What its items are is not looked at.
    pub fn parse(body: &'a [u8]) -> Result<Self, FieldError> {
        let (mut families, mut others) = (Vec::new(), Vec::new());
        for (name, raw) in json::pairs(json::utf8(body)?)? {
            match json::items(raw) {
                Some(items) => families.push(Family {
                    name: name.into_owned(),
                    items: items.into_iter().map(|raw| Item { raw }).collect(),
                }),
                None => others.push((name, raw)),
            }
        }
        Ok(Self {
            families,
            malformed: Malformed::from_pairs(&others),
        })
    }

    /// Every item of the well-formed families with the name of its family, in order.
    pub fn items(&self) -> impl Iterator<Item = (&str, &Item<'a>)> {
        self.families.iter().flat_map(|family| {
            family
                .items
                .iter()
                .map(move |item| (family.name.as_str(), item))
        })
    }
}

const PINGS: &str = "pings";
const TRANSACTIONS: &str = "transactions";

impl<'a> Item<'a> {
    /// The JSON text as it was sent.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        self.raw.get()
    }
}

/// The notifications of a delivery, each read once; pings are dropped, and the malformed part is one of them.
pub(crate) fn read_notifications(body: &[u8]) -> Result<Vec<Notification>, FieldError> {
    let envelope = Envelope::parse(body)?;
    let items = envelope.items().filter(|(family, _)| *family != PINGS);
    let read = items.map(|(family, item)| read_notification(family, item.raw()));
    let malformed = envelope.malformed.iter();
    let malformed = malformed
        .map(|part| unreadable_notification(Malformed::FAMILY, &part.raw, part.error.clone()));
    Ok(read.chain(malformed).collect())
}

/// Reads one item as one of its family.
pub(crate) fn read_notification(family: &str, raw: &str) -> Notification {
    let read = match family {
        TRANSACTIONS => read_card_message(raw),
        Malformed::FAMILY => return unreadable_notification(family, raw, describe_malformed(raw)),
        PINGS => {
            return unreadable_notification(family, raw, "a ping is no notification".to_owned());
        }
        _ => read_transition(family, raw).map(|transition| {
            let content = Content::Transition(Box::new(transition));
            (hash_text(raw), Topic::Notices, content)
        }),
    };
    match read {
        Ok((content_hash, topic, content)) => Notification {
            family: family.to_owned(),
            raw: Raw(raw.into()),
            content_hash,
            topic,
            content,
        },
        Err(error) => unreadable_notification(family, raw, error.to_string()),
    }
}

/// The error of a malformed part that was stored; it stays parked, however often it is replayed.
fn describe_malformed(raw: &str) -> String {
    match Envelope::parse(raw.as_bytes()).map(|envelope| envelope.malformed) {
        Ok(Some(malformed)) => malformed.error,
        Ok(None) => "reading the envelope: its malformed part is not stored".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn unreadable_notification(family: &str, raw: &str, error: String) -> Notification {
    Notification {
        family: family.to_owned(),
        raw: Raw(raw.into()),
        content_hash: hash_text(raw),
        topic: Topic::Notices,
        content: Content::Unreadable(error),
    }
}

impl std::fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Item({} bytes)", self.raw.get().len())
    }
}

#[cfg(test)]
mod tests;
