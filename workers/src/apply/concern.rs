//! What somebody should look at after a message was booked. The books follow the message all the same.

use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::fact::{Fact, Kind, Source};
use holdfast_ledger::fold::Surprise;
use holdfast_ledger::hold::Hold;

/// One thing to look at, as it is counted and listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Concern {
    pub(super) kind: AlertKind,
    pub(super) detail: String,
}

/// What is new to be looked at, once this plan is enacted.
pub(super) fn of(account: &Account, fact: &Fact, plan: &Plan) -> Vec<Concern> {
    if !plan.is_new {
        return Vec::new();
    }
    let surprises = |hold: &Hold| hold.surprises().unwrap_or_default();
    let known = account.holds.get(&plan.hold.id).map(surprises);
    let known = known.unwrap_or_default();
    let new = surprises(&plan.hold)
        .into_iter()
        .filter(|surprise| !known.contains(surprise));
    new.map(|surprise| told(&surprise, fact))
        .chain(uncovered(account, fact, plan))
        .collect()
}

fn told(surprise: &Surprise, fact: &Fact) -> Concern {
    match surprise {
        Surprise::AdviceDelta {
            token,
            told,
            dropped,
        } => Concern {
            kind: AlertKind::AdviceDelta,
            detail: format!(
                "advice {token} let {} {} go and its jit block says {}: the new total counts",
                dropped.text(fact.currency),
                fact.currency,
                told.text(fact.currency)
            ),
        },
        Surprise::ReversalOfCleared { token } => Concern {
            kind: AlertKind::ReversalAfterClearing,
            detail: format!(
                "reversal {token} came when all was collected: nothing is given back by it"
            ),
        },
    }
}

/// Others approved for us what the account has not (reference section 5.4): it is booked all the same.
fn uncovered(account: &Account, fact: &Fact, plan: &Plan) -> Option<Concern> {
    let takes = matches!(fact.kind, Kind::Opener | Kind::Increment | Kind::Debit);
    let is_ours = |known: &Fact| known.token == fact.token && known.source == Source::Decision;
    if !takes || !fact.stands() || plan.hold.facts.iter().any(is_ours) {
        return None;
    }
    let covered = plan.is_covered(account).unwrap_or(false);
    (!covered).then(|| Concern {
        kind: AlertKind::StandInUncovered,
        detail: format!(
            "{} {} approved in our place, more than the account has available",
            fact.amount.text(fact.currency),
            fact.currency
        ),
    })
}
