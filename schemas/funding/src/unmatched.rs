//! Clearings that lead to no authorization, with the purchases that they may be of: what an operator looks
//! through (reference sections 6.10 and 7.2).

use holdfast_ledger::hold::{Hold, Score};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::unit::Unit;
use holdfast_store::{Store, StoreError};
use std::collections::BTreeMap;

/// More than a few are no help: a longer search goes through the account's holds.
const CANDIDATES_MAX: usize = 3;
/// Open holds are looked for so far back: as long as the longest authorization lasts.
const HOLD_DAYS: u16 = 31;

/// Which captures are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnmatchedFilter {
    /// Those of one account, or of all.
    pub account: Option<AccountToken>,
    /// Those older than this one.
    pub before: Option<HoldId>,
    /// At most so many.
    pub limit: u32,
}

/// A capture that waits for its purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmatchedCapture {
    /// Its account.
    pub account: AccountToken,
    /// Its own hold.
    pub hold: Hold,
    /// The purchases that fit best, best first.
    pub candidates: Vec<(Hold, Score)>,
}

/// The captures, newest first, each weighed against the recent purchases of its account.
///
/// # Errors
/// [`StoreError`].
pub async fn list(
    store: &Store,
    filter: &UnmatchedFilter,
    now: Moment,
) -> Result<Vec<UnmatchedCapture>, StoreError> {
    let before = filter.before.as_ref();
    let account = filter.account.as_ref();
    let found = store.unmatched(account, before, filter.limit).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let days = store.settings().await?.0.force_capture_match_days;
    let mut unit = store.begin().await?;
    let recent = recent_holds(&mut unit, &found, (days, now)).await?;
    unit.roll_back().await?;
    let weighed = found.into_iter().map(|(account, hold)| {
        let holds = recent.get(&account).map_or(&[][..], Vec::as_slice);
        let candidates = find_candidates(&hold, holds, days);
        UnmatchedCapture {
            account,
            hold,
            candidates,
        }
    });
    Ok(weighed.collect())
}

/// The holds of each account since the days before its oldest capture here. Newer captures see more than
/// their own days; their score looks at the time itself.
async fn recent_holds(
    unit: &mut Unit,
    captures: &[(AccountToken, Hold)],
    (days, now): (u16, Moment),
) -> Result<BTreeMap<AccountToken, Vec<Hold>>, StoreError> {
    let mut since: BTreeMap<&AccountToken, Moment> = BTreeMap::new();
    for (account, hold) in captures {
        let created = hold.unmatched_clearing().and_then(|fact| fact.created);
        let created = created.unwrap_or(now).min(now);
        let first = created.minus_days(days.saturating_add(1).max(HOLD_DAYS));
        since
            .entry(account)
            .and_modify(|known| *known = first.min(*known))
            .or_insert(first);
    }
    let mut recent = BTreeMap::new();
    for (account, since) in since {
        let holds = unit.recent_holds(account, since).await?;
        recent.insert(account.clone(), holds);
    }
    Ok(recent)
}

fn find_candidates(capture: &Hold, holds: &[Hold], days: u16) -> Vec<(Hold, Score)> {
    let Some(clearing) = capture.unmatched_clearing() else {
        return Vec::new();
    };
    let score = |hold| Some((Score::of(clearing, hold, days)?, hold));
    let mut fitting: Vec<(Score, &Hold)> = holds.iter().filter_map(score).collect();
    // Of equals the one opened last, as the workers choose.
    fitting.sort_by(|(one, a), (other, b)| (other, &b.id).cmp(&(one, &a.id)));
    let best = fitting.into_iter().take(CANDIDATES_MAX);
    best.map(|(score, hold)| (hold.clone(), score)).collect()
}
