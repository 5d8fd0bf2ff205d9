//! What workers do after a message is booked, in memory: match clearings that no token leads to a purchase, and
//! take back what tokens contradict.

use holdfast_ledger::book::{Account, MatchPlan};
use holdfast_ledger::fact::{Fact, Kind, MatchSide, Source};
use holdfast_ledger::hold::{Hold, MatchAct, Score, best_match};
use holdfast_ledger::token::{HoldId, TransactionToken};

/// Points from which a clearing is matched.
const SCORE_MIN: u8 = 70;
/// Days after its authorization in which an expired hold is matched.
const DAYS: u16 = 10;

/// Matches the hold that has just got this fact. `number` names the match.
pub(crate) fn match_booked(
    account: &mut Account,
    booked: &HoldId,
    fact: &Fact,
    number: u128,
) -> Vec<MatchPlan> {
    let (mut plans, reopened) = take_back_contradicted(account, booked);
    let is_clearing = matches!(fact.kind, Kind::ForceCapture | Kind::Clearing { .. });
    let mut names = (number << 32)..;
    let mut match_one = |account: &mut Account, found: Option<Found>| {
        let found = found.filter(|(score, ..)| score.0 >= SCORE_MIN)?;
        let token = TransactionToken::numbered("match:", names.next().unwrap());
        match_found(account, found, &token)
    };
    if is_clearing && fact.stands() && fact.is_final() {
        let found = purchase_of(account, booked, fact);
        plans.extend(match_one(account, found));
    }
    // Several clearings may have been waiting for one purchase.
    for purchase in std::iter::once(booked).chain(&reopened) {
        while let Some(plan) = {
            let found = clearing_of(account, purchase);
            match_one(account, found)
        } {
            plans.push(plan);
        }
    }
    plans
}

fn match_found(account: &mut Account, found: Found, token: &TransactionToken) -> Option<MatchPlan> {
    let (score, hold, clearing, purchase) = found;
    let act = MatchAct {
        token,
        source: &Source::Matched,
        score,
    };
    let plan = account.plan_match((&hold, &clearing), &purchase, act);
    plan.unwrap().map(|plan| apply_plan(account, plan))
}

type Found = (Score, HoldId, TransactionToken, HoldId);

fn purchase_of(account: &Account, booked: &HoldId, fact: &Fact) -> Option<Found> {
    let hold = account.holds.get(booked)?;
    let unmatched = hold.unmatched_clearings().into_iter();
    let clearing = unmatched.into_iter().find(|one| one.token == fact.token)?;
    let (purchase, score) = best_match(clearing, account.holds.values(), DAYS)?;
    Some((
        score,
        booked.clone(),
        fact.token.clone(),
        purchase.id.clone(),
    ))
}

fn clearing_of(account: &Account, booked: &HoldId) -> Option<Found> {
    let purchase = account.holds.get(booked)?;
    let clearings = account.holds.values().flat_map(|hold| {
        let unmatched = hold.unmatched_clearings().into_iter();
        unmatched.map(move |clearing| (hold, clearing))
    });
    let weighed = clearings.filter_map(|(hold, clearing)| {
        let score = Score::of(clearing, purchase, DAYS)?;
        let names = (hold.id.clone(), clearing.token.clone());
        Some((score, names.0, names.1, booked.clone()))
    });
    weighed.max()
}

/// Makes the change; returns what was planned.
fn apply_plan(account: &mut Account, plan: MatchPlan) -> MatchPlan {
    account.apply_plan(plan.purchase.clone());
    account.apply_plan(plan.clearing.clone());
    plan
}

/// The plans, and the purchases that have more open again.
fn take_back_contradicted(account: &mut Account, booked: &HoldId) -> (Vec<MatchPlan>, Vec<HoldId>) {
    let hold = &account.holds[booked];
    let is_linked = !hold.is_of_clearings_alone();
    let is_cancelled = |clearing: &TransactionToken| {
        let mut of_clearing = hold.facts.iter().filter(|fact| fact.token == *clearing);
        of_clearing.any(Fact::is_cancelled)
    };
    let contradicted: Vec<(TransactionToken, HoldId)> = hold
        .clearing_matches()
        .filter(|matched| matched.side == MatchSide::Clearing && matched.is_by_score)
        .filter(|matched| is_linked || is_cancelled(matched.clearing))
        .map(|matched| (matched.act.clone(), matched.with.clone()))
        .collect();
    let (mut plans, mut reopened) = (Vec::new(), Vec::new());
    for (act, with) in contradicted {
        let partner = merged_into(account, &with).clone();
        reopened.push(partner.id.clone());
        // Under the name that the match has for it.
        let stub = account.holds.insert(with.clone(), partner);
        let plan = account.plan_unmatch(booked, &act).unwrap();
        account.holds.extend(stub.map(|stub| (with, stub)));
        plans.extend(plan.map(|plan| apply_plan(account, plan)));
    }
    (plans, reopened)
}

/// The hold of this name, or the one that has taken it over.
fn merged_into<'a>(account: &'a Account, id: &HoldId) -> &'a Hold {
    let mut hold = &account.holds[id];
    while let Some(into) = &hold.merged_into {
        hold = &account.holds[into];
    }
    hold
}
