//! How a clearing names itself to the network: its reference, and its number in a sequence.

use serde::{Deserialize, Serialize};

/// What tells one clearing of a purchase from another (reference section 3.1).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClearingRecord {
    /// The network's reference, which all messages of a Visa purchase share (`network_reference_id`).
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The acquirer's reference, one for each clearing (`acquirer_reference_data`).
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub acquirer_reference: Option<String>,
    /// The record's own sequence number in the network's file (`clearing_record_sequence_number`).
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<String>,
    /// Which clearing of the purchase it is, from 1 (`multi_clearing_sequence_number`).
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u16>,
    /// How many clearings the purchase has (`multi_clearing_sequence_count`).
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u16>,
}

impl ClearingRecord {
    /// Is nothing known of it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Do two records name the same clearing: one of the references and the same place in the sequence?
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let is_same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        (is_same(&self.reference, &other.reference)
            || is_same(&self.acquirer_reference, &other.acquirer_reference))
            && (&self.sequence, self.number) == (&other.sequence, other.number)
    }

    /// Is a place in the sequence named? Without one, only the amount tells two clearings apart.
    #[must_use]
    pub fn has_place(&self) -> bool {
        self.sequence.is_some() || self.number.is_some()
    }
}
