//! Balances and holds of a warehouse. It knows no type of ours: only the documented fields.

use holdfast_tests::reader::Record;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Posted, held and pending credit by account and currency.
pub(super) type Balances = BTreeMap<(String, String), [Decimal; 3]>;

/// The parts of a balance, in order.
const PARTS: [&str; 3] = ["posted", "held", "pending_credit"];

/// Everything that a warehouse knows.
#[derive(Debug, Default)]
pub(super) struct Warehouse {
    pub(super) balances: Balances,
    /// What each hold holds by its entries alone, by hold and currency; nothing where it is zero.
    pub(super) held_by_entries: BTreeMap<(String, String), Decimal>,
    /// Each hold after its last event, with its account.
    pub(super) holds: BTreeMap<String, (String, Value)>,
    /// The `at` of each hold's first event.
    pub(super) first_seen: BTreeMap<String, String>,
    merged: BTreeMap<String, String>,
}

/// What the API shows of a hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HoldAmounts {
    /// Authorized, released, cleared, held.
    amounts: [Decimal; 4],
    expires_at: Value,
}

impl HoldAmounts {
    pub(super) fn shown(amounts: &Value, expires_at: Value) -> Self {
        let names = ["authorized", "released", "cleared", "held"];
        Self {
            amounts: names.map(|name| amount(&amounts[name])),
            expires_at,
        }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.amounts.iter().all(Decimal::is_zero)
    }
}

/// An amount's text.
pub(super) fn amount(text: &Value) -> Decimal {
    Decimal::from_str_exact(text.as_str().unwrap())
        .unwrap()
        .normalize()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

impl Warehouse {
    /// Applies all records in order of shard and position, and checks that each event's `balances` are what its
    /// entries lead to.
    pub(super) fn rebuild(records: &[Record]) -> Self {
        Self::apply_all(records, true)
    }

    /// The same where records are missing.
    pub(super) fn rebuild_unchecked(records: &[Record]) -> Self {
        Self::apply_all(records, false)
    }

    fn apply_all(records: &[Record], is_whole: bool) -> Self {
        let values = records
            .iter()
            .map(|record| serde_json::from_str(&record.value).unwrap());
        let mut values: Vec<Value> = values.collect();
        values.sort_by_key(|value| (value["shard"].as_i64(), value["position"].as_i64()));
        let mut warehouse = Self::default();
        for value in &values {
            warehouse.apply(value);
            if is_whole {
                warehouse.check_balances(value);
            }
        }
        warehouse
            .balances
            .retain(|_, sums| sums.iter().any(|sum| !sum.is_zero()));
        warehouse.held_by_entries.retain(|_, sum| !sum.is_zero());
        warehouse
    }

    fn apply(&mut self, event: &Value) {
        let hold = event["hold"]
            .as_str()
            .filter(|_| event["hold_after"].is_object());
        for line in event["entries"].as_array().into_iter().flatten() {
            if line["side"] == "customer" {
                self.apply_line(event, hold, line);
            }
        }
        let Some(hold) = hold else { return };
        let account = text(&event["account"]);
        for other in event["merged_holds"].as_array().into_iter().flatten() {
            self.holds.remove(other.as_str().unwrap());
            self.take_over(hold, other.as_str().unwrap());
        }
        let first = self.first_seen.entry(hold.to_owned());
        first.or_insert_with(|| text(&event["at"]));
        let after = event["hold_after"].clone();
        self.holds.insert(hold.to_owned(), (account, after));
    }

    /// The rule: a customer's line adds its amount to `posted` and `pending_credit`, and takes it from `held`.
    fn apply_line(&mut self, event: &Value, hold: Option<&str>, line: &Value) {
        let (currency, moved) = (text(&line["currency"]), amount(&line["amount"]));
        let part = PARTS
            .iter()
            .position(|part| line["balance"] == *part)
            .unwrap();
        let signed = if PARTS[part] == "held" { -moved } else { moved };
        let sums = self
            .balances
            .entry((text(&event["account"]), currency.clone()));
        let sum = &mut sums.or_default()[part];
        *sum = (*sum + signed).normalize();
        if let (Some(hold), "held") = (hold, PARTS[part]) {
            let held = self.held_by_entries.entry((hold.to_owned(), currency));
            *held.or_default() += signed;
        }
    }

    /// A hold has taken another one over, with what its entries say.
    fn take_over(&mut self, hold: &str, other: &str) {
        self.merged.insert(other.to_owned(), hold.to_owned());
        let keys: BTreeSet<_> = self.held_by_entries.keys().cloned().collect();
        for key in keys.into_iter().filter(|(id, _)| id == other) {
            let moved = self.held_by_entries.remove(&key).unwrap();
            *self
                .held_by_entries
                .entry((hold.to_owned(), key.1))
                .or_default() += moved;
        }
    }

    fn check_balances(&self, event: &Value) {
        for after in event["balances"].as_array().into_iter().flatten() {
            let key = (text(&event["account"]), text(&after["currency"]));
            let sums = self.balances.get(&key).copied().unwrap_or_default();
            assert_eq!(PARTS.map(|part| amount(&after[part])), sums, "{event}");
            assert_eq!(amount(&after["available"]), (sums[0] - sums[1]).normalize());
        }
    }

    /// What each hold holds by its last event.
    pub(super) fn held_by_holds(&self) -> BTreeMap<(String, String), Decimal> {
        let holds = self.holds.iter();
        let lines = holds.flat_map(|(id, (_, after))| {
            let amounts = after["amounts"].as_array().unwrap();
            amounts.iter().map(|line| {
                let key = (id.clone(), text(&line["currency"]));
                (key, amount(&line["held"]))
            })
        });
        lines.filter(|(_, held)| !held.is_zero()).collect()
    }

    /// The holds as the API shows them. Here each has one currency.
    pub(super) fn hold_amounts(&self) -> BTreeMap<String, HoldAmounts> {
        let holds = self.holds.iter();
        let shown = holds.filter_map(|(id, (_, after))| {
            let line = after["amounts"].get(0)?;
            let shown = HoldAmounts::shown(line, after["expires_at"].clone());
            (!shown.is_nothing()).then_some((id.clone(), shown))
        });
        shown.collect()
    }
}
