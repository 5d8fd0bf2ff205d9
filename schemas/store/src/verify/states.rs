//! States of cards and accounts: are they what the stored transitions fold to?

use super::range::AccountRange;
use super::{Difference, Verification};
use crate::{Store, StoreError, json};
use holdfast_ledger::transition::{Subject, Transition, state_in_force};
use sqlx::{Postgres, Transaction};
use time::OffsetDateTime;

/// Cards compared in one statement.
const PAGE: i64 = 10_000;

/// A card or account, its stored state, and the states and times of its transitions.
type StateRow = (
    String,
    Option<String>,
    Option<Vec<String>>,
    Option<Vec<Option<OffsetDateTime>>>,
);

/// Cards are read in pages of one statement each: a state and its transitions change together.
pub(super) async fn verify_cards(
    store: &Store,
    found: &mut Verification,
) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let rows: Vec<StateRow> = sqlx::query_as(include_str!("../../sql/verify_card_states.sql"))
            .bind(&after)
            .bind(PAGE)
            .fetch_all(store.pool())
            .await?;
        let Some((last, ..)) = rows.last() else {
            return Ok(());
        };
        after.clone_from(last);
        for row in rows {
            compare(found, Subject::Card, row);
        }
    }
}

/// The accounts of a page, in the page's snapshot.
pub(super) async fn verify_accounts(
    tx: &mut Transaction<'static, Postgres>,
    found: &mut Verification,
    range: &AccountRange,
) -> Result<(), StoreError> {
    let rows: Vec<StateRow> = sqlx::query_as(include_str!("../../sql/verify_account_states.sql"))
        .bind(range.after.0)
        .bind(&range.after.1)
        .bind(range.last.0)
        .bind(&range.last.1)
        .fetch_all(&mut **tx)
        .await?;
    for row in rows {
        compare(found, Subject::Account, row);
    }
    Ok(())
}

fn compare(found: &mut Verification, subject: Subject, (owner, stored, states, times): StateRow) {
    let (states, times) = (states.unwrap_or_default(), times.unwrap_or_default());
    let transitions: Vec<Transition> = states
        .into_iter()
        .zip(times)
        .map(|(state, created)| Transition {
            token: String::new(),
            state,
            created: created.map(json::moment),
        })
        .collect();
    let recomputed = state_in_force(subject, &transitions);
    if stored.as_deref() == recomputed {
        return;
    }
    let text = |state: Option<&str>| state.unwrap_or("none").to_owned();
    let (what, account, card) = match subject {
        Subject::Card => ("card_state", None, Some(owner)),
        Subject::Account => ("account_state", Some(owner), None),
    };
    found.differs(Difference {
        what,
        account,
        subject: card,
        currency: None,
        stored: text(stored.as_deref()),
        recomputed: text(recomputed),
    });
}
