//! What every value of every topic begins with: the event's identity and place.
//!
//! The position is known in the last statement before COMMIT and nowhere earlier. So the journal keeps it in a
//! column, and every place that shows a value puts it in front of the stored JSON: [`EventEnvelope::render_value`].

use super::{Line, Topic};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Identity and place of an event. Order events by `position`, never by a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventEnvelope {
    /// The event's identity; the same for every delivery.
    #[schemars(extend("format" = "uuid"))]
    pub event_id: String,
    /// Its place in its shard's journal: one more than the event's before it, over all topics together.
    pub position: i64,
    /// The database that committed it. A restored copy has another one and counts positions of its own.
    #[schemars(extend("format" = "uuid"))]
    pub incarnation: String,
    /// Its shard, which is the partition.
    pub shard: i32,
    /// When it was committed, by our clock.
    #[schemars(extend("format" = "date-time"))]
    pub at: String,
}

/// The envelope with the money that the event moves.
#[derive(Debug, Serialize)]
struct MoneyEnvelope<'a> {
    #[serde(flatten)]
    envelope: &'a EventEnvelope,
    entries: &'a [Line],
}

impl EventEnvelope {
    /// The value as readers see it: the envelope, for topics that move money its entries, then the payload, which is
    /// the text of a JSON object.
    ///
    /// # Errors
    /// [`serde_json::Error`] when the envelope cannot be written as JSON; it always can.
    pub fn render_value(
        &self,
        topic: Topic,
        entries: &[Line],
        payload: &str,
    ) -> Result<String, serde_json::Error> {
        let mut value = match topic.moves_money() {
            true => serde_json::to_string(&MoneyEnvelope {
                envelope: self,
                entries,
            })?,
            false => serde_json::to_string(self)?,
        };
        let rest = payload.trim_start().trim_start_matches('{');
        if !rest.trim_start().starts_with('}') {
            value.pop();
            value.push(',');
            value.push_str(rest);
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope() -> EventEnvelope {
        EventEnvelope {
            event_id: "e".to_owned(),
            position: 7,
            incarnation: "i".to_owned(),
            shard: 3,
            at: "t".to_owned(),
        }
    }

    #[test]
    fn the_envelope_stands_before_the_payload() {
        let place = r#"{"event_id":"e","position":7,"incarnation":"i","shard":3,"at":"t""#;
        let render = |topic, payload| envelope().render_value(topic, &[], payload).unwrap();
        assert_eq!(
            render(Topic::Notices, r#"{"a":{"b":1}}"#),
            format!(r#"{place},"a":{{"b":1}}}}"#)
        );
        assert_eq!(render(Topic::Notices, "{}"), format!("{place}}}"));
        assert_eq!(
            render(Topic::Adjustments, r#"{"a":1}"#),
            format!(r#"{place},"entries":[],"a":1}}"#)
        );
    }
}
