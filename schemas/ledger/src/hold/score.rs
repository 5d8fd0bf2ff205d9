//! Which purchase is a clearing of that names none? Card, merchant, approval code, amount and time are weighed
//! (reference sections 6.10 and 7.2).

use super::Hold;
use crate::fact::{CardAndMerchant, Fact, Kind};
use crate::fold;
use crate::money::Amount;
use rust_decimal::Decimal;

/// How well a clearing and a purchase fit, in points; 100 is everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u8);

/// Merchant categories with tips, as ranges: restaurants, bars, taxis, barbers and spas.
const TIPS: [(u16, u16); 4] = [(5811, 5814), (4121, 4121), (7230, 7230), (7297, 7298)];
/// Merchant categories whose final amount is open at authorization: fuel, car rental, lodging, cruises.
const OPEN_AMOUNT: [(u16, u16); 6] = [
    (5541, 5542),
    (3351, 3441),
    (7512, 7513),
    (3501, 3790),
    (7011, 7011),
    (4411, 4411),
];
/// Marqeta's times have one-second precision, and its clock is not the network's: a clearing may seem to be a
/// little older than its authorization.
const CLOCK_SLACK_MILLIS: i64 = 3_600_000;

impl Score {
    /// What a match by hand is worth.
    pub const BY_HAND: Self = Self(100);
    /// The same card; without it nothing fits.
    const CARD: i16 = 25;
    /// The same merchant, by number, or by name in the same city.
    const MERCHANT: i16 = 25;
    /// The same merchant's name where a city is not stated.
    const NAME: i16 = 20;
    /// The same merchant's name in another city, or one name that begins like the other.
    const NAME_ALONE: i16 = 10;
    /// The same approval code; another one speaks against it.
    const APPROVAL: i16 = 30;
    /// The same amount, or one within the tolerance of the merchant's category.
    const AMOUNT: i16 = 20;
    /// An amount within a quarter.
    const NEARLY: i16 = 10;
    /// More than twice the amount speaks against it.
    const FAR_ABOVE: i16 = -10;

    /// Weighs a clearing against a hold; `None` when the hold cannot be its purchase: another card or
    /// currency, nothing left to clear, reversed or released, younger than the clearing, or expired and not of
    /// the `days` before the clearing.
    #[must_use]
    pub fn of(clearing: &Fact, hold: &Hold, days: u16) -> Option<Self> {
        let purchase = Purchase::of(hold)?;
        let card_and_merchant = clearing.card_and_merchant.as_ref()?;
        let is_same_card = card_and_merchant.card.is_some()
            && card_and_merchant.card == purchase.card_and_merchant.card;
        if !is_same_card || !purchase.is_open_for(clearing, hold, days) {
            return None;
        }
        let mcc = purchase
            .card_and_merchant
            .mcc
            .as_deref()
            .or(card_and_merchant.mcc.as_deref());
        let points = Self::CARD
            + merchant_points(card_and_merchant, &purchase.card_and_merchant)
            + approval_points(card_and_merchant, &purchase.card_and_merchant)
            + amount_points(clearing.amount, purchase.open_amount(clearing, hold), mcc);
        Some(Self(u8::try_from(points.clamp(0, 100)).unwrap_or(0)))
    }
}

fn compare_fields(one: Option<&String>, other: Option<&String>) -> Option<bool> {
    one.zip(other).map(|(one, other)| one == other)
}

/// Another terminal or number of the same chain has the same name, and as a rule the same city.
fn merchant_points(one: &CardAndMerchant, other: &CardAndMerchant) -> i16 {
    if compare_fields(one.merchant.as_ref(), other.merchant.as_ref()) == Some(true) {
        return Score::MERCHANT;
    }
    let (name, city) = (one.merchant_name.as_ref(), one.merchant_city.as_ref());
    let is_same_city = compare_fields(city, other.merchant_city.as_ref());
    match name.zip(other.merchant_name.as_ref()) {
        Some((name, other)) if name == other => match is_same_city {
            Some(true) => Score::MERCHANT,
            None => Score::NAME,
            Some(false) => Score::NAME_ALONE,
        },
        Some((name, other)) if begins_alike(name, other) => match is_same_city {
            Some(true) => Score::NAME,
            Some(false) | None => Score::NAME_ALONE,
        },
        _ => 0,
    }
}

/// Networks cut names off, each at its own length.
fn begins_alike(one: &str, other: &str) -> bool {
    const LETTERS_MIN: usize = 4;
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.len() >= LETTERS_MIN && long.starts_with(short)
}

fn approval_points(one: &CardAndMerchant, other: &CardAndMerchant) -> i16 {
    match compare_fields(one.approval.as_ref(), other.approval.as_ref()) {
        Some(true) => Score::APPROVAL,
        Some(false) => -Score::APPROVAL,
        None => 0,
    }
}

fn amount_points(cleared: Amount, held: Amount, mcc: Option<&str>) -> i16 {
    let (cleared, held) = (cleared.value(), held.value());
    let difference = (cleared - held).abs();
    let is_within = |percent: i64| difference * Decimal::from(100) <= held * Decimal::from(percent);
    if is_within(tolerance_percent(mcc)) {
        Score::AMOUNT
    } else if is_within(25) {
        Score::NEARLY
    } else if cleared > held * Decimal::from(2) {
        Score::FAR_ABOVE
    } else {
        0
    }
}

/// By how many percent the final amount usually differs: tips, amounts that are open at authorization, and
/// elsewhere what exchange rates move in a few days.
fn tolerance_percent(mcc: Option<&str>) -> i64 {
    let code = mcc.and_then(|mcc| mcc.parse::<u16>().ok());
    let is_one_of = |ranges: &[(u16, u16)]| {
        code.is_some_and(|code| {
            ranges
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&code))
        })
    };
    if is_one_of(&TIPS) {
        25
    } else if is_one_of(&OPEN_AMOUNT) {
        20
    } else {
        3
    }
}

/// What a hold says of its purchase.
struct Purchase {
    opened: Option<crate::time::Moment>,
    card_and_merchant: CardAndMerchant,
}

impl Purchase {
    /// The original authorization that stands, with all that any fact of it knows of card and merchant: a
    /// request has no approval code.
    fn of(hold: &Hold) -> Option<Self> {
        let views = fold::reduce_facts(&hold.facts);
        let opener = views
            .into_iter()
            .find(|fact| fact.kind == Kind::Original && fact.stands())?;
        let cards_and_merchants = hold
            .facts
            .iter()
            .filter(|fact| fact.token == opener.token)
            .filter_map(|fact| fact.card_and_merchant.as_ref());
        let mut whole = CardAndMerchant::default();
        for card_and_merchant in cards_and_merchants {
            whole.card = whole.card.or_else(|| card_and_merchant.card.clone());
            whole.mcc = whole.mcc.or_else(|| card_and_merchant.mcc.clone());
            whole.merchant = whole
                .merchant
                .or_else(|| card_and_merchant.merchant.clone());
            whole.merchant_name = whole
                .merchant_name
                .or_else(|| card_and_merchant.merchant_name.clone());
            whole.merchant_city = whole
                .merchant_city
                .or_else(|| card_and_merchant.merchant_city.clone());
            whole.approval = whole
                .approval
                .or_else(|| card_and_merchant.approval.clone());
        }
        Some(Self {
            opened: opener.created,
            card_and_merchant: whole,
        })
    }

    /// Something is still held; or it has expired with nothing cleared, not longer ago than so many days after
    /// its authorization.
    fn is_open_for(&self, clearing: &Fact, hold: &Hold, days: u16) -> bool {
        let line = hold.standing.line(clearing.currency);
        let ended =
            |fact: &&Fact| fact.stands() && matches!(fact.kind, Kind::FullReversal | Kind::Release);
        let times = self.opened.zip(clearing.created);
        let is_younger = times.is_some_and(|(opened, at)| opened.0 > at.0 + CLOCK_SLACK_MILLIS);
        let in_days = times.is_none_or(|(opened, at)| at <= opened.plus_days(days));
        let views = fold::reduce_facts(&hold.facts);
        let is_expired = views.iter().any(|fact| fact.kind == Kind::IssuerExpiration);
        let is_untouched = line.cleared.is_zero()
            && (is_expired || line.released < line.authorized)
            && hold.clearing_matches().next().is_none()
            && !views.iter().any(ended);
        hold.merged_into.is_none()
            && !line.authorized.is_zero()
            && !is_younger
            && (!line.held.is_zero() || (is_untouched && in_days))
    }

    /// What is held, or was until it expired.
    fn open_amount(&self, clearing: &Fact, hold: &Hold) -> Amount {
        let line = hold.standing.line(clearing.currency);
        if line.held.is_zero() {
            line.authorized.less(line.released)
        } else {
            line.held
        }
    }
}

/// The hold that fits a clearing best, and how well; of equals the one whose amount is nearer, then the one
/// opened last.
#[must_use]
pub fn best_match<'a>(
    clearing: &Fact,
    holds: impl IntoIterator<Item = &'a Hold>,
    days: u16,
) -> Option<(&'a Hold, Score)> {
    let distance = |hold: &Hold| {
        let line = hold.standing.line(clearing.currency);
        let held = line.held.max(line.authorized.less(line.released));
        (held.value() - clearing.amount.value()).abs()
    };
    holds
        .into_iter()
        .filter_map(|hold| Some((hold, Score::of(clearing, hold, days)?)))
        .max_by(|(one, a), (other, b)| {
            let nearer = distance(other).cmp(&distance(one));
            a.cmp(b).then(nearer).then(one.id.cmp(&other.id))
        })
}
