//! Holds.

use holdfast_events::moment;
use holdfast_ledger::fact::Source;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::Currency;
use serde::Serialize;

/// A hold, in the currency of the purchase.
#[derive(Debug, Clone, Serialize)]
pub struct HoldView {
    /// Its name.
    pub id: String,
    /// `open` while something is held, else `closed`.
    pub state: &'static str,
    /// The currency of the amounts.
    pub currency: &'static str,
    /// Approved, whatever an advice said later.
    pub authorized: String,
    /// Released by reversals, at most what was authorized and is not cleared: what a clearing took after
    /// its reversal is shown as cleared alone, so that released and cleared never exceed authorized
    /// unless cleared alone does.
    pub released: String,
    /// Cleared.
    pub cleared: String,
    /// Still held.
    pub held: String,
    /// When it lapses by itself; nothing where nothing is held or promised.
    pub expires_at: Option<String>,
    /// Tokens of all its messages.
    pub transactions: Vec<String>,
    /// The match that stands between a purchase and a force capture; each of the two shows the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<MatchedView>,
}

/// A match as one of its two holds shows it.
#[derive(Debug, Clone, Serialize)]
pub struct MatchedView {
    /// The other hold.
    pub hold: String,
    /// How well the two fit, of 100 points; 100 where a person said so.
    pub score: u8,
}

impl HoldView {
    /// Shows a hold; `None` for one without any fact, which is no purchase of anybody's.
    #[must_use]
    pub fn of(hold: &Hold) -> Option<Self> {
        let currency = currency_of(hold)?;
        let line = hold.standing.line(currency);
        Some(Self {
            id: hold.id.as_str().to_owned(),
            state: if hold.standing.is_open() {
                "open"
            } else {
                "closed"
            },
            currency: currency.code(),
            authorized: line.authorized.text(currency),
            released: line.shown_released().text(currency),
            cleared: line.cleared.text(currency),
            held: line.held.text(currency),
            expires_at: hold.standing.expires.map(moment::text),
            transactions: transactions_of(hold),
            matched: hold.first_match().map(|matched| MatchedView {
                hold: matched.with.as_str().to_owned(),
                score: matched.score.0,
            }),
        })
    }
}

/// The original's currency; else that of what is held, booked, or notified first.
fn currency_of(hold: &Hold) -> Option<Currency> {
    let original = hold.facts.iter().find(|fact| fact.kind.opens());
    let held = || {
        hold.standing
            .lines
            .iter()
            .find(|(_, line)| !line.held.is_zero())
    };
    let booked = || hold.standing.lines.keys().next();
    original
        .map(|fact| fact.currency)
        .or_else(|| held().map(|(currency, _)| *currency))
        .or_else(|| booked().copied())
        .or_else(|| hold.facts.first().map(|fact| fact.currency))
}

/// Marqeta's tokens among the facts, each once, in the order in which they came.
fn transactions_of(hold: &Hold) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    for fact in &hold.facts {
        let is_marqetas = matches!(fact.source, Source::Decision | Source::Notified(_));
        if is_marqetas && !tokens.iter().any(|known| known == fact.token.as_str()) {
            tokens.push(fact.token.as_str().to_owned());
        }
    }
    tokens
}

#[cfg(test)]
mod tests;
