//! That the model test can fail: a book that is wrong, and a message that never arrived, are found.

use crate::changes::{self, Change};
use crate::lifecycles::program;
use crate::outcome::differences;
use crate::program::{Message, Program, Step};
use crate::shrink::shrink;
use crate::store::Scenario;
use crate::wording::WORDINGS;
use crate::{SHRINK_WITHIN, fold, table};
use sqlx::Executor;

/// One purchase, cleared.
const PURCHASE: &str = "
    account 0 user 100.00 USD
    message 0 purchase 0 account 0 card 0 at -1d+10:00:00 authorization 42.10 USD order
    message 1 purchase 0 account 0 card 0 at -1d+12:00:00 authorization.clearing 42.10 USD original=0 follows=0 order
    ask 0
    notify 0=as-answered 1=done";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_balance_changed_behind_the_books_is_found() {
    let scenario = Scenario::begin().await;
    let program = table::read(PURCHASE);
    let (mut run, history) = scenario.play(&program).await;
    run.finish().await;
    assert_eq!(run.compare(&program, &history).await, Vec::<String>::new());

    let wrong = "update balance set posted = posted + 0.01 where account like '%-a0'";
    scenario.connect().await.execute(wrong).await.unwrap();
    let found = run.compare(&program, &history).await;
    let difference = "account 0: USD posted 57.91 held 0.00 pending 0.00, \
                      and not USD posted 57.90 held 0.00 pending 0.00";
    assert_eq!(found, [difference]);
    assert!(!scenario.store.verify().await.unwrap().is_balanced());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notification_that_was_accepted_and_never_applied_is_found() {
    let scenario = Scenario::begin().await;
    let program = table::read(PURCHASE);
    let (run, history) = scenario.play(&program).await;
    let found = run.compare(&program, &history).await;
    let difference = "account 0: USD posted 100.00 held 42.10 pending 0.00, \
                      and not USD posted 57.90 held 0.00 pending 0.00";
    assert_eq!(found, [difference]);
}

/// Does the model miss the message with this id when it is withheld from the fold?
fn is_missed(program: &Program, id: u32) -> bool {
    let mut withheld = program.clone();
    for step in &mut withheld.steps {
        match step {
            Step::Ask(messages) => messages.retain(|message| *message != id),
            Step::Notify(items) => items.retain(|notified| notified.message != id),
            Step::Change(_) | Step::Apply | Step::Expire => {}
        }
    }
    let (_, found) = fold::balances(&withheld, 0);
    let (history, _) = fold::balances(program, 0);
    !differences(program, &history, &found).is_empty()
}

/// Where chance never leads, nothing is compared.
#[test]
fn every_type_ending_and_change_of_state_occurs_in_some_program() {
    let programs: Vec<Program> = (0..1500).map(|seed| program(seed, 8)).collect();
    let messages = || programs.iter().flat_map(|program| &program.messages);
    for wording in WORDINGS {
        let name = wording.name;
        assert!(
            messages().any(|m| m.wording.name == name),
            "{name} never occurs"
        );
    }
    let steps = || programs.iter().flat_map(|program| &program.steps);
    for (ending, name) in table::ENDINGS {
        let has = |step: &Step| matches!(step, Step::Notify(items) if items.iter().any(|notified| notified.ending == ending));
        assert!(steps().any(has), "{name} never occurs");
    }
    let changes = || programs.iter().flat_map(|program| &program.changes);
    for (is_card, state) in changes::all_states() {
        let has = |change: &Change| change.card.is_some() == is_card && change.state == state;
        assert!(changes().any(has), "{state} never occurs");
    }
    let is_unlinked = |m: &&Message| m.wording.meaning.is_clearing() && m.is_unlinked();
    assert!(
        messages()
            .filter(is_unlinked)
            .any(|m| m.links.preceding.is_some())
    );
    assert!(
        messages()
            .filter(is_unlinked)
            .any(|m| m.links.preceding.is_none())
    );
    assert!(messages().any(|m| m.part.is_some()) && messages().any(|m| m.shop.is_some()));
}

#[tokio::test]
async fn a_failure_is_made_small_enough_to_read() {
    let is_clearing = |program: &Program| {
        let clears =
            |message: &&crate::program::Message| message.wording.name == "authorization.clearing";
        program
            .messages
            .iter()
            .find(clears)
            .map(|message| message.id)
    };
    let fails =
        async |program: &Program| is_clearing(program).is_some_and(|id| is_missed(program, id));
    let failing = (0..)
        .map(|seed| program(seed, 8))
        .find(|program| is_clearing(program).is_some_and(|id| is_missed(program, id)));
    let smallest = shrink(&failing.unwrap(), SHRINK_WITHIN, fails).await;
    assert!(smallest.messages.len() <= 2, "{}", table::write(&smallest));
    assert!(smallest.steps.len() <= 2, "{}", table::write(&smallest));
}
