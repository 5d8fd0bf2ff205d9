//! A change of one hold, worked out but not yet made.

use super::{Account, AccountBalance, Route};
use crate::entry::{self, Entry};
use crate::fact::{Fact, Key, MatchSide, Message};
use crate::fold::{Anomaly, Standing};
use crate::hold::{Hold, Matched};
use crate::money::{Currency, Overflow};
use crate::policy::Policy;
use crate::time::Moment;
use crate::token::{HoldId, TransactionToken};
use crate::usage::{self, Moved, Use};
use std::collections::BTreeMap;

/// What a fact would change. Dropping it changes nothing; [`Account::apply_plan`] makes it so.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The hold with the fact, its new standing folded.
    pub hold: Hold,
    /// What needs review of the hold as it is planned.
    pub anomalies: Vec<Anomaly>,
    /// What was booked for it, and for the holds merged into it, before.
    pub before: Vec<Standing>,
    /// Was the fact new?
    pub is_new: bool,
    /// Is the hold new?
    pub opens: bool,
    /// The journal lines of the change; none when the books stay as they are.
    pub entries: Vec<Entry>,
    /// The customer's balances after it, where they change.
    pub balances: BTreeMap<Currency, AccountBalance>,
    /// What is used of spending limits by it, and what is given back.
    pub moved: Vec<Moved>,
    /// What the hold uses of spending limits after it.
    pub uses: Vec<Use>,
    merged: Vec<Hold>,
    keys: Vec<Key>,
    own: Option<TransactionToken>,
}

impl Plan {
    /// Would the customer's money suffice: in every currency either nothing is taken, or what is
    /// available afterwards is not below zero?
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn is_covered(&self, account: &Account) -> Result<bool, Overflow> {
        for (currency, after) in &self.balances {
            let available = after.available()?;
            let taken = available < account.balance(*currency).available()?;
            if taken && available < crate::money::Signed::ZERO {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Does it change what the hold amounts to, merge holds, or change what is used of spending limits?
    #[must_use]
    pub fn changes_hold(&self) -> bool {
        !self.merged.is_empty()
            || !self.moved.is_empty()
            || self.before.first() != Some(&self.hold.standing)
    }

    /// Names of the holds that were found to be the same purchase.
    pub fn merged_holds(&self) -> impl Iterator<Item = &HoldId> {
        self.merged.iter().map(|hold| &hold.id)
    }
}

impl Account {
    /// Works out what a message changes. `new_hold`, `policy` and `now` are for the hold that it opens,
    /// should it belong to none that is known.
    ///
    /// # Errors
    /// [`Overflow`] when amounts add up beyond what is exact.
    pub fn plan(
        &self,
        message: &Message,
        new_hold: &HoldId,
        policy: Policy,
        now: Moment,
    ) -> Result<Plan, Overflow> {
        let route = self.route(&message.links, message.role);
        let (hold, merged) = match &route {
            Route::New => (None, Vec::new()),
            Route::Hold(id) => (self.holds.get(id), Vec::new()),
            Route::Merge(id, others) => (
                self.holds.get(id),
                others.iter().filter_map(|id| self.holds.get(id)).collect(),
            ),
        };
        let opened = || Hold::open(new_hold.clone(), policy, now);
        let opens = hold.is_none();
        let hold = hold.cloned().unwrap_or_else(opened);
        let plan = self.plan_fact(hold, merged, message.fact.clone())?;
        Ok(Plan {
            opens,
            keys: message.links.registered_keys(message.role),
            own: Some(message.links.own.clone()),
            ..plan
        })
    }

    /// Works out what an act on a known hold changes: its expiry, or an operator's release.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plan_act(&self, hold: &Hold, fact: Fact) -> Result<Plan, Overflow> {
        self.plan_fact(hold.clone(), Vec::new(), fact)
    }

    fn plan_fact(&self, mut hold: Hold, merged: Vec<&Hold>, fact: Fact) -> Result<Plan, Overflow> {
        let before: Vec<Standing> = std::iter::once(&hold)
            .chain(merged.iter().copied())
            .map(|hold| hold.standing.clone())
            .collect();
        // Where nothing is limited, the facts as they were need not be folded again.
        let is_limited = self.controls.has_velocity() || !self.counters.is_empty();
        let uses = is_limited.then(|| sum_uses(&hold, &merged)).transpose()?;
        for fact in merged.iter().flat_map(|hold| hold.facts.iter()) {
            hold.add_fact(fact.clone());
        }
        let is_new = hold.add_fact(fact);
        end_inner_matches(&mut hold, &merged);
        let folded = hold.fold_facts()?;
        let difference = |before: Vec<Use>| usage::moves_between(&before, &folded.uses);
        let moved = uses.map_or_else(Vec::new, difference);
        hold.standing = folded.standing;
        let mut entries =
            entry::entries_between(before.first().unwrap_or(&hold.standing), &hold.standing)?;
        for standing in before.iter().skip(1) {
            entries.extend(entry::entries_between(standing, &Standing::default())?);
        }
        let entries = entry::sum_entries(&entries)?;
        let balances = self.balances_after(&entries)?;
        let merged = merged.into_iter().cloned().collect();
        Ok(Plan {
            hold,
            anomalies: folded.anomalies,
            before,
            is_new,
            opens: false,
            entries,
            balances,
            moved,
            uses: folded.uses,
            merged,
            keys: Vec::new(),
            own: None,
        })
    }

    /// Makes a planned change. It must have been planned on this account as it is now.
    pub fn apply_plan(&mut self, plan: Plan) {
        let id = plan.hold.id.clone();
        self.count_usage(&plan.moved);
        self.set_balances(plan.balances);
        for mut hold in plan.merged {
            for (key, holder) in &mut self.keys {
                if *holder == hold.id {
                    self.changed.mark_key(key.clone(), false);
                    *holder = id.clone();
                }
            }
            hold.merged_into = Some(id.clone());
            hold.facts.clear();
            hold.standing = Standing::default();
            self.changed.mark_hold(hold.id.clone(), false);
            self.holds.insert(hold.id.clone(), hold);
        }
        for key in plan.keys {
            // A key that leads to another purchase stays where it is: the first message to claim it keeps
            // it. But a message's own name leads to where its fact is, or it would be booked twice.
            let is_own = matches!(&key, Key::Transaction(own) if plan.own.as_ref() == Some(own));
            let leads = self.keys.get(&key);
            if leads.is_none_or(|to| is_own && *to != id) {
                let is_new = leads.is_none() && self.sought.binary_search(&key).is_ok();
                self.changed.mark_key(key.clone(), is_new);
                self.keys.insert(key, id.clone());
            }
        }
        self.changed.mark_hold(id.clone(), plan.opens);
        self.holds.insert(id, plan.hold);
    }
}

/// Where messages show that a clearing and a purchase are one, the match between their two holds is void: the
/// purchase would be consumed by it a second time.
fn end_inner_matches(hold: &mut Hold, merged: &[&Hold]) {
    if merged.is_empty() {
        return;
    }
    let is_inner = |id: &HoldId| *id == hold.id || merged.iter().any(|other| other.id == *id);
    // The clearing's hold may have moved into another one since the match: then only the clearing itself shows it.
    let has_clearing = |matched: &Matched<'_>| {
        matched.side == MatchSide::Purchase && hold.has_message(matched.clearing)
    };
    let inner = hold
        .clearing_matches()
        .filter(|matched| is_inner(matched.with) || has_clearing(matched));
    let undone: Vec<Fact> = inner
        .filter_map(|matched| hold.undo_match(matched.act))
        .collect();
    for fact in undone {
        hold.add_fact(fact);
    }
}

/// What holds use of spending limits as they are. A hold that begins uses nothing.
fn sum_uses(hold: &Hold, merged: &[&Hold]) -> Result<Vec<Use>, Overflow> {
    let mut uses = Vec::new();
    for hold in std::iter::once(hold).chain(merged.iter().copied()) {
        if !hold.facts.is_empty() {
            uses.extend(hold.fold_uses()?);
        }
    }
    Ok(uses)
}
