//! Money in events: journal lines, balances and holds. Amounts are decimal texts with their currency's exponent.

use holdfast_ledger::entry::{Entry, Layer, Side};
use holdfast_ledger::money::{Amount, Currency, Signed};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of the journal; the lines of an event sum to zero per currency and layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// Whose side.
    #[schemars(extend("examples" = ["customer", "network_settlement", "program_funding", "dispute_suspense", "losses"]))]
    pub side: String,
    /// Final or pending money, as the API shows it.
    #[schemars(extend("examples" = ["settled", "pending"]))]
    pub layer: String,
    /// The part of a balance that the line moves. A customer's line adds its amount to `posted` and to
    /// `pending_credit`, and takes it from `held`.
    #[schemars(extend("examples" = ["posted", "held", "pending_credit"]))]
    pub balance: String,
    /// Currency.
    pub currency: String,
    /// Signed; positive is a credit of that side.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub amount: String,
}

/// The account's balance in one currency after the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BalanceAfter {
    /// Currency.
    pub currency: String,
    /// The customer's, finally; may be below zero.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub posted: String,
    /// Held for purchases.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub held: String,
    /// Promised to the customer.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub pending_credit: String,
    /// Posted less held.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub available: String,
}

/// A hold after the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HoldAfter {
    /// `open` while something is held, else `closed`.
    #[schemars(extend("examples" = ["open", "closed"]))]
    pub state: String,
    /// When it expires by itself; absent where nothing is held or promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub expires_at: Option<String>,
    /// Its amounts by currency; none where all of them are zero.
    pub amounts: Vec<HoldAmountsAfter>,
    /// What it uses of velocity controls: each message with what is left of its amount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<LimitUse>,
}

/// The amounts of a hold in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HoldAmountsAfter {
    /// Currency.
    pub currency: String,
    /// Approved, whatever an advice said later.
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub authorized: String,
    /// Released by reversals, at most what was authorized and is not cleared.
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub released: String,
    /// Cleared.
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub cleared: String,
    /// Still held.
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub held: String,
    /// Moved finally; negative was taken from the customer.
    #[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))]
    pub posted: String,
    /// Promised to the customer.
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub pending_credit: String,
}

/// What one message of a hold uses of velocity controls. A control with the window `LIFETIME` counts it at the later
/// of `occurred_at` and the `at` of the hold's first event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LimitUse {
    /// The message's transaction token.
    pub transaction: String,
    /// When the purchase was made; decides the window.
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: String,
    /// Currency.
    pub currency: String,
    /// The amount with the cash.
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub amount: String,
    /// The cash of a purchase with cash back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d+(\.\d+)?$"))]
    pub cash: Option<String>,
    /// What kind of spending it is, for the control's `include_…` flags.
    #[schemars(extend("examples" = ["purchase", "withdrawal", "money_in"]))]
    pub class: String,
    /// The transaction type of money that comes in.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub money_in_type: Option<String>,
    /// The card's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The card product's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_product: Option<String>,
    /// The merchant's category code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mcc: Option<String>,
    /// The merchant's number at its acquirer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mid: Option<String>,
    /// It was declined: only controls that count declines count it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub declined: bool,
}

impl From<&Entry> for Line {
    fn from(entry: &Entry) -> Self {
        Self {
            side: side(entry.side).to_owned(),
            layer: Layer::name(entry.layer).to_owned(),
            balance: balance_part(entry.layer).to_owned(),
            currency: entry.currency.code().to_owned(),
            amount: entry.amount.text(entry.currency),
        }
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Customer => "customer",
        Side::NetworkSettlement => "network_settlement",
        Side::ProgramFunding => "program_funding",
        Side::DisputeSuspense => "dispute_suspense",
        Side::Losses => "losses",
    }
}

/// The part of a balance that a layer's lines move.
fn balance_part(layer: Layer) -> &'static str {
    match layer {
        Layer::Settled => "posted",
        Layer::Held => "held",
        Layer::PendingCredit => "pending_credit",
    }
}

impl BalanceAfter {
    /// The texts of a balance; `available` is posted less held.
    #[must_use]
    pub fn new(
        currency: Currency,
        posted: Signed,
        held: Signed,
        pending_credit: Signed,
        available: Signed,
    ) -> Self {
        Self {
            currency: currency.code().to_owned(),
            posted: posted.text(currency),
            held: held.text(currency),
            pending_credit: pending_credit.text(currency),
            available: available.text(currency),
        }
    }
}

impl HoldAmountsAfter {
    /// The amounts of one line of a hold's standing.
    #[must_use]
    pub fn new(currency: Currency, line: &holdfast_ledger::fold::Line) -> Self {
        let text = |amount: Amount| amount.text(currency);
        Self {
            currency: currency.code().to_owned(),
            authorized: text(line.authorized),
            released: text(line.shown_released()),
            cleared: text(line.cleared),
            held: text(line.held),
            posted: line.posted.text(currency),
            pending_credit: text(line.pending_credit),
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}
