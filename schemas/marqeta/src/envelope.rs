//! The envelope of notifications: `{"transactions":[…]}` and other families (reference section 8).

mod malformed;
mod transition;

pub use malformed::Malformed;
pub use transition::Transition;

use crate::notification::Notification;
use holdfast_events::json;
use holdfast_events::json::FieldError;
use serde_json::value::RawValue;

/// A body that is no envelope: answered 400.
pub type BadEnvelope = FieldError;

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

/// What an item turns out to be. None of these is an error of the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A card message.
    Transaction(Box<Notification>),
    /// Another family's state change: cards, users, chargebacks, … and families that we do not know.
    Transition(Transition),
    /// Marqeta wants to know whether we are there; nothing to store.
    Ping,
    /// No notification at all: stored and parked, with the reason.
    Unreadable(String),
}

impl<'a> Envelope<'a> {
    /// Reads the outermost two levels.
    ///
    /// # Errors
    /// [`BadEnvelope`] when the body is no JSON object. What its items are is not looked at.
    pub fn parse(body: &'a [u8]) -> Result<Self, BadEnvelope> {
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

    /// Is there nothing in it but pings?
    #[must_use]
    pub fn is_ping(&self) -> bool {
        self.malformed.is_none()
            && self.families.iter().any(|family| family.name == PINGS)
            && self
                .families
                .iter()
                .all(|family| family.name == PINGS || family.items.is_empty())
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

    /// Reads the item as one of its family.
    #[must_use]
    pub fn read(&self, family: &str) -> Content {
        let read = match family {
            PINGS => Ok(Content::Ping),
            TRANSACTIONS => Notification::parse(self.raw())
                .map(|notification| Content::Transaction(Box::new(notification))),
            _ => Transition::parse(family, self.raw()).map(Content::Transition),
        };
        read.unwrap_or_else(|error| Content::Unreadable(error.to_string()))
    }
}

impl std::fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Item({} bytes)", self.raw.get().len())
    }
}

#[cfg(test)]
mod tests;
