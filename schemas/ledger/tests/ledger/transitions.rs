//! The state of a card or account is a pure function of its transitions.

use crate::generate::shuffled;
use holdfast_ledger::time::Moment;
use holdfast_ledger::transition::{Permission, Subject, Transition, state_in_force};
use proptest::prelude::*;

/// One rule a line: what it says, the transitions (`STATE@second`, or `STATE` without a time), the result.
const CARDS: &str = "
    no transitions, no state             | -> none
    the latest counts                    | ACTIVE@1 SUSPENDED@2 -> SUSPENDED
    also when it is the milder one       | SUSPENDED@1 ACTIVE@2 -> ACTIVE
    issued and activated at once         | UNACTIVATED@1 ACTIVE@1 -> ACTIVE
    the stricter at equal times          | SUSPENDED@1 ACTIVE@1 -> SUSPENDED
    limited is stricter than active      | LIMITED@1 ACTIVE@1 -> LIMITED
    suspended and limited: by name       | SUSPENDED@1 LIMITED@1 -> SUSPENDED
    terminated is final                  | TERMINATED@1 ACTIVE@2 -> TERMINATED
    even without a time                  | TERMINATED ACTIVE@2 -> TERMINATED
    even against an unknown state        | TERMINATED@1 RESTING@2 -> TERMINATED
    a time outranks no time              | SUSPENDED ACTIVE@1 -> ACTIVE
    also a time before 1970              | SUSPENDED ACTIVE@-9 -> ACTIVE
    without times the stricter           | ACTIVE SUSPENDED -> SUSPENDED
    an unknown state may be the latest   | SUSPENDED@1 RESTING@2 -> RESTING
    but is the least at equal times      | UNACTIVATED@1 RESTING@1 -> UNACTIVATED
    two unknown states: by name          | RESTING@1 ASLEEP@1 -> RESTING
    a user's state is unknown for a card | CLOSED@1 ACTIVE@1 -> ACTIVE
";

const ACCOUNTS: &str = "
    the latest counts                    | ACTIVE@1 SUSPENDED@2 -> SUSPENDED
    verified at once                     | UNVERIFIED@1 ACTIVE@1 -> ACTIVE
    limited is an initial state          | LIMITED@1 ACTIVE@1 -> ACTIVE
    the stricter at equal times          | CLOSED@1 SUSPENDED@1 ACTIVE@1 -> CLOSED
    closed may be left                   | CLOSED@1 ACTIVE@2 -> ACTIVE
    terminated may not                   | TERMINATED@1 ACTIVE@2 -> TERMINATED
    a time outranks no time              | CLOSED ACTIVE@1 -> ACTIVE
    an unknown state may be the latest   | CLOSED@1 RESTING@2 -> RESTING
";

fn transition(text: &str) -> Transition {
    let (state, second) = text
        .split_once('@')
        .map_or((text, None), |(state, second)| (state, Some(second)));
    let second = second.and_then(|second| second.parse::<i64>().ok());
    Transition {
        token: text.to_owned(),
        state: state.to_owned(),
        created: second.map(|second| Moment(second * 1000)),
    }
}

/// Each rule, with its transitions in every rotation, forwards and backwards. Returns the number of rules.
fn check_rules(subject: Subject, table: &str) -> usize {
    let rules = table.lines().filter_map(|line| {
        let (rule, rest) = line.trim().split_once('|')?;
        let (transitions, state) = rest.split_once("->")?;
        Some((rule, transitions, state.trim()))
    });
    rules
        .map(|(rule, transitions, state)| {
            let mut transitions: Vec<Transition> =
                transitions.split_whitespace().map(transition).collect();
            let step = transitions.len().min(1);
            for _ in 0..=transitions.len() {
                let forwards = state_in_force(subject, &transitions);
                let backwards = state_in_force(subject, transitions.iter().rev());
                let found = [forwards, backwards].map(|state| state.unwrap_or("none"));
                assert_eq!(found, [state; 2], "{rule}");
                transitions.rotate_left(step);
            }
        })
        .count()
}

#[test]
fn each_rule() {
    assert_eq!(check_rules(Subject::Card, CARDS), 17);
    assert_eq!(check_rules(Subject::Account, ACCOUNTS), 8);
}

#[test]
fn what_each_state_permits() {
    use Permission::{Closed, Spending, Suspended};
    for (state, card, account) in [
        ("ACTIVE", Spending, Spending),
        ("UNACTIVATED", Suspended, Spending),
        ("UNVERIFIED", Spending, Spending),
        ("LIMITED", Suspended, Spending),
        ("SUSPENDED", Suspended, Suspended),
        ("CLOSED", Spending, Closed),
        ("TERMINATED", Closed, Closed),
        ("RESTING", Spending, Spending),
    ] {
        assert_eq!(Subject::Card.permission(Some(state)), card, "card {state}");
        let found = Subject::Account.permission(Some(state));
        assert_eq!(found, account, "account {state}");
    }
    assert_eq!(Subject::Card.permission(None), Spending);
    assert!(Subject::Card.knows_state("LIMITED") && !Subject::Card.knows_state("CLOSED"));
    assert!(Subject::Account.knows_state("CLOSED") && !Subject::Account.knows_state("RESTING"));
}

fn transitions() -> impl Strategy<Value = Vec<Transition>> {
    let states = [
        "UNACTIVATED",
        "UNVERIFIED",
        "ACTIVE",
        "LIMITED",
        "SUSPENDED",
        "CLOSED",
    ];
    let states = states
        .into_iter()
        .chain(["TERMINATED", "RESTING", "ASLEEP"]);
    let states: Vec<&str> = states.collect();
    let time = proptest::option::of(-2_i64..3);
    let one = (0_u8..4, proptest::sample::select(states), time);
    let one = one.prop_map(|(token, state, created)| Transition {
        token: token.to_string(),
        state: state.to_owned(),
        created: created.map(Moment),
    });
    proptest::collection::vec(one, 0..8)
}

/// Transitions, and the same ones in another order with repetitions.
fn mixed() -> impl Strategy<Value = (Vec<Transition>, Vec<Transition>)> {
    transitions().prop_flat_map(|transitions| (Just(transitions.clone()), shuffled(transitions)))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn order_and_repetitions_do_not_matter((written, other) in mixed()) {
        for subject in [Subject::Card, Subject::Account] {
            prop_assert_eq!(state_in_force(subject, &written), state_in_force(subject, &other));
        }
    }

    /// Without any one transition the state is the same, unless that one is it.
    #[test]
    fn the_state_is_one_that_no_other_transition_outranks(all in transitions()) {
        for subject in [Subject::Card, Subject::Account] {
            let last = state_in_force(subject, &all);
            prop_assert_eq!(last.is_none(), all.is_empty());
            for one in &all {
                let rest = all.iter().filter(|other| *other != one);
                let without = state_in_force(subject, rest);
                prop_assert!(without == last || Some(one.state.as_str()) == last);
            }
        }
    }
}
