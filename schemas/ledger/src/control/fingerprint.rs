//! The fingerprint of what a spending limit counts, stored beside its sums. Its encoding is written out here, so that
//! neither a compiler nor a renamed type changes it.

use super::counts::plain_type_name;
use super::{Applies, Counts, MoneyIn, Scope, VelocityControl, Window, Zone};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Names the encoding, and is hashed first. A change of the fields or of their order takes a new number: stored sums
/// are then counted again from the holds.
const ENCODING: &str = "holdfast control fingerprint 1";

/// Bytes of the digest that are kept: enough to distinguish the versions of one limit.
const BYTES_KEPT: usize = 8;

/// Fingerprint of the fields that decide which messages a limit counts, and in which window. Stored sums stay valid
/// while it is unchanged. The limit itself, the name and whether the control is active are no part of it.
///
/// It is the first 8 bytes, in lower-case hexadecimal, of the SHA-256 over [`ENCODING`] and these fields in this
/// order:
///
/// | field | values |
/// |---|---|
/// | `window` | Marqeta's name, such as `DAY` |
/// | `currency` | alpha-3 code |
/// | `outcome` | `approved` or `declined` |
/// | `counts` | those of `purchases`, `withdrawals`, `cash_back` that count |
/// | `money_in` | none; `all`; or `types` and the types, lower case with dots, sorted |
/// | `applies` | `program`; or `product`, `account` or `card` and the token |
/// | `merchants` | `all`; or `mccs` or `mids` and the resolved members, sorted |
/// | `zone` | the time zone's name; none where the window does not follow the calendar |
/// | `created` | milliseconds since 1970 for `LIFETIME`, else none |
///
/// A text is written as its length in bytes, four bytes big-endian, and its UTF-8 bytes. A field is its name as a
/// text, the number of its values in four bytes big-endian, and each value as a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ControlFingerprint(String);

impl ControlFingerprint {
    /// Computes the fingerprint of a limit whose groups are looked up.
    #[must_use]
    pub fn of(control: &VelocityControl, scope: &Scope, zone: &Zone) -> Self {
        let follows_calendar = !matches!(control.window, Window::Transaction | Window::Lifetime);
        let zone = follows_calendar.then(|| zone.name().to_owned());
        let is_lifetime = control.window == Window::Lifetime;
        let created = is_lifetime.then(|| control.created.0.to_string());
        let outcome = if control.approvals_only {
            "approved"
        } else {
            "declined"
        };
        Encoder::new()
            .add_field("window", [control.window.as_str().to_owned()])
            .add_field("currency", [control.currency.code().to_owned()])
            .add_field("outcome", [outcome.to_owned()])
            .add_field("counts", list_counts(&control.counts))
            .add_field("money_in", list_money_in(&control.counts.money_in))
            .add_field("applies", list_applies(&control.applies))
            .add_field("merchants", list_merchants(scope))
            .add_field("zone", zone)
            .add_field("created", created)
            .into_fingerprint()
    }

    /// As it is stored: 16 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes fields with their lengths, so that no two sets of fields look the same.
struct Encoder(Sha256);

impl Encoder {
    fn new() -> Self {
        Self(Sha256::new()).add_text(ENCODING)
    }

    fn add_field(self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        let values: Vec<String> = values.into_iter().collect();
        let named = self.add_text(name).add_number(values.len());
        values.iter().fold(named, |all, value| all.add_text(value))
    }

    fn add_text(self, text: &str) -> Self {
        let mut encoder = self.add_number(text.len());
        encoder.0.update(text.as_bytes());
        encoder
    }

    fn add_number(mut self, number: usize) -> Self {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.0.update(number.to_be_bytes());
        self
    }

    fn into_fingerprint(self) -> ControlFingerprint {
        let digest = self.0.finalize();
        let kept = digest.iter().take(BYTES_KEPT);
        ControlFingerprint(kept.map(|byte| format!("{byte:02x}")).collect())
    }
}

fn list_counts(counts: &Counts) -> Vec<String> {
    let named = [
        ("purchases", counts.purchases),
        ("withdrawals", counts.withdrawals),
        ("cash_back", counts.cash_back),
    ];
    let counted = named.into_iter().filter(|(_, counts)| *counts);
    counted.map(|(name, _)| name.to_owned()).collect()
}

fn list_money_in(money_in: &MoneyIn) -> Vec<String> {
    match money_in {
        MoneyIn::No => Vec::new(),
        MoneyIn::All => vec!["all".to_owned()],
        MoneyIn::Types(types) => {
            tag_members("types", types.iter().map(|name| plain_type_name(name)))
        }
    }
}

fn list_applies(applies: &Applies) -> Vec<String> {
    match applies {
        Applies::Program => vec!["program".to_owned()],
        Applies::Product(token) => tag_members("product", [token.to_string()]),
        Applies::Account(token) => tag_members("account", [token.to_string()]),
        Applies::Card(token) => tag_members("card", [token.to_string()]),
    }
}

fn list_merchants(scope: &Scope) -> Vec<String> {
    match scope {
        Scope::All => vec!["all".to_owned()],
        Scope::Mccs(ranges) => tag_members("mccs", ranges.iter().map(ToString::to_string)),
        Scope::Mids(mids) => tag_members("mids", mids.iter().cloned()),
    }
}

/// The tag, then the members in byte order, each once: their order in the control decides nothing.
fn tag_members(tag: &str, members: impl IntoIterator<Item = String>) -> Vec<String> {
    let members: BTreeSet<String> = members.into_iter().collect();
    std::iter::once(tag.to_owned()).chain(members).collect()
}

#[cfg(test)]
mod tests;
