//! From anomalies to alerts: what happened, in one sentence, with the amounts that were expected and booked. The
//! books follow the message all the same.

use crate::processor::Finding;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::fact::{Fact, Kind, Source};
use holdfast_ledger::fold::Anomaly;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_store::program::ProgramSettings;

/// What is new to be reviewed once this plan is applied.
pub(super) fn find_new(
    account: &Account,
    fact: &Fact,
    plan: &Plan,
    program: &ProgramSettings,
) -> Vec<Finding> {
    if !plan.is_new {
        return Vec::new();
    }
    let known = known_anomalies(account, plan);
    let new = plan.anomalies.iter();
    new.filter(|anomaly| !known.contains(anomaly))
        .filter_map(|anomaly| describe_anomaly(anomaly, plan, fact, program))
        .chain(find_uncovered(account, fact, plan))
        .collect()
}

/// The anomalies that the plan's holds had before. The usual hold has none now: it is not folded again.
fn known_anomalies(account: &Account, plan: &Plan) -> Vec<Anomaly> {
    if plan.anomalies.is_empty() {
        return Vec::new();
    }
    let before = std::iter::once(&plan.hold.id).chain(plan.merged_holds());
    let before = before.filter_map(|id| account.holds.get(id));
    before
        .flat_map(|hold| hold.fold_anomalies().unwrap_or_default())
        .collect()
}

/// The alert of an anomaly; `None` where the program finds it normal.
fn describe_anomaly(
    anomaly: &Anomaly,
    plan: &Plan,
    arrived: &Fact,
    program: &ProgramSettings,
) -> Option<Finding> {
    let token = anomaly.token();
    let of_token = plan.hold.facts.iter().find(|fact| fact.token == *token);
    let currency = of_token.unwrap_or(arrived).currency;
    let text = |amount: Amount| format!("{} {currency}", amount.text(currency));
    Some(match anomaly {
        Anomaly::AdviceDelta {
            stated, dropped, ..
        } => Finding::new(
            AlertKind::AdviceDelta,
            format!(
                "advice {token} released {} and its jit block says {}: the new total counts",
                text(*dropped),
                text(*stated)
            ),
        )
        .with_amounts(currency, *stated, *dropped),
        Anomaly::ReversalAfterClearing { .. } => Finding::new(
            AlertKind::ReversalAfterClearing,
            format!("reversal {token} came when the purchase was fully cleared: it releases nothing"),
        ),
        Anomaly::ReversalExceedsMoved { stated, undone, .. } => Finding::new(
            AlertKind::ReversalExceedsMoved,
            format!(
                "reversal {token} takes back {} and only {} was moved before: {} is undone",
                text(*stated),
                text(*undone),
                text(*undone)
            ),
        )
        .with_amounts(currency, *stated, *undone),
        Anomaly::CurrencyDiffers { of_hold, .. } => Finding::new(
            AlertKind::CurrencyDiffers,
            format!("message {token} is in {currency} and its hold in {of_hold}: the hold stays as it is"),
        ),
        Anomaly::ClearingAboveHold {
            expected, cleared, ..
        } => return above_hold(of_token.unwrap_or(arrived), plan, *expected, *cleared, program),
        Anomaly::ClearingRepeated { first, .. } => Finding::new(
            AlertKind::ClearingRepeated,
            format!("clearings {first} and {token} have the same network reference and sequence: both are posted"),
        )
        .with_amounts(currency, Amount::ZERO, of_token.unwrap_or(arrived).amount),
        Anomaly::ClearingAfterDecline { .. } => Finding::new(
            AlertKind::ClearingAfterDecline,
            format!("clearing {token} follows an authorization that was declined: it is posted"),
        )
        .with_amounts(currency, Amount::ZERO, of_token.unwrap_or(arrived).amount),
        Anomaly::ClearingsComplete { released, .. } => Finding::new(
            AlertKind::ClearingsComplete,
            format!(
                "clearing {token} is the last of its sequence and not marked final: the rest of the hold, {}, is released",
                text(*released)
            ),
        )
        .with_amounts(currency, Amount::ZERO, *released),
        Anomaly::NotFinal { .. } => Finding::new(
            AlertKind::NotFinal,
            format!("message {token} moves money and its state is not final: nothing is posted"),
        )
        .with_amounts(currency, of_token.unwrap_or(arrived).amount, Amount::ZERO),
        Anomaly::FinalAndDeclined { amount, .. } => final_and_declined(arrived, currency, *amount),
        Anomaly::ApprovedAmountDiffers {
            approved, notified, ..
        } => Finding::new(
            AlertKind::ApprovedAmountDiffers,
            format!(
                "we approved {} for {token} and Marqeta notified {}: the notified amount counts",
                text(*approved),
                text(*notified)
            ),
        )
        .with_amounts(currency, *approved, *notified),
    })
}

/// Which of the two came later decides what happened to the books.
fn final_and_declined(arrived: &Fact, currency: Currency, amount: Amount) -> Finding {
    let token = &arrived.token;
    let text = format!("{} {currency}", amount.text(currency));
    if arrived.is_cancelled() {
        let detail =
            format!("{text} that {token} had moved is taken back: it was declined or failed later");
        Finding::new(AlertKind::PostingUndone, detail).with_amounts(currency, amount, Amount::ZERO)
    } else {
        let detail =
            format!("{token} is final after it was declined or failed: {text} is not posted");
        Finding::new(AlertKind::CompletionAfterDecline, detail).with_amounts(
            currency,
            amount,
            Amount::ZERO,
        )
    }
}

/// Fuel is authorized with a symbolic amount and cleared with the real one; up to so much is normal (the
/// networks' own maximum for a pump is 175 to 500).
const FUEL_MAX: i64 = 500;
const FUEL: [&str; 2] = ["5541", "5542"];

/// Above its hold by more than a factor and an amount: tips and exchange rates stay below.
fn above_hold(
    clearing: &Fact,
    plan: &Plan,
    expected: Amount,
    cleared: Amount,
    program: &ProgramSettings,
) -> Option<Finding> {
    let factor = rust_decimal::Decimal::from(program.clearing_above_hold_factor);
    let excess = cleared.less(expected);
    let is_far =
        cleared.value() > expected.value() * factor && excess > program.clearing_above_hold_amount;
    let mut cards_and_merchants = plan
        .hold
        .facts
        .iter()
        .filter_map(|fact| fact.card_and_merchant.as_ref());
    let is_fuel = cards_and_merchants.any(|card_and_merchant| {
        card_and_merchant
            .mcc
            .as_deref()
            .is_some_and(|mcc| FUEL.contains(&mcc))
    });
    let is_usual_fuel = is_fuel && cleared.value() <= rust_decimal::Decimal::from(FUEL_MAX);
    if !is_far || is_usual_fuel {
        return None;
    }
    let (token, currency) = (&clearing.token, clearing.currency);
    let detail = format!(
        "clearing {token} brings what is cleared to {} {currency}, and {} {currency} was held",
        cleared.text(currency),
        expected.text(currency)
    );
    let finding = Finding::new(AlertKind::ClearingAboveHold, detail);
    Some(finding.with_amounts(currency, expected, cleared))
}

/// Approved in stand-in for more than the account has (reference section 5.4): it is booked all the same.
fn find_uncovered(account: &Account, fact: &Fact, plan: &Plan) -> Option<Finding> {
    let takes = matches!(fact.kind, Kind::Original | Kind::Increment | Kind::Debit);
    let is_ours = |known: &Fact| known.token == fact.token && known.source == Source::Decision;
    if !takes || !fact.stands() || plan.hold.facts.iter().any(is_ours) {
        return None;
    }
    let covered = plan.is_covered(account).unwrap_or(false);
    (!covered).then(|| {
        let detail = format!(
            "{} {} approved in stand-in, more than the account has available",
            fact.amount.text(fact.currency),
            fact.currency
        );
        Finding::new(AlertKind::StandInUncovered, detail)
    })
}

/// A clearing that leads to no authorization.
pub(super) fn unmatched(clearing: &Fact) -> Finding {
    let (token, currency) = (&clearing.token, clearing.currency);
    let detail = format!("clearing {token} leads to no authorization: it is posted by itself");
    let finding = Finding::new(AlertKind::ClearingUnmatched, detail);
    finding.with_amounts(currency, Amount::ZERO, clearing.amount)
}

/// A clearing of an authorization that we declined.
pub(super) fn after_decline(clearing: &Fact) -> Finding {
    let (token, currency) = (&clearing.token, clearing.currency);
    let detail =
        format!("clearing {token} follows an authorization that we declined: it is posted");
    let finding = Finding::new(AlertKind::ClearingAfterDecline, detail);
    finding.with_amounts(currency, Amount::ZERO, clearing.amount)
}
