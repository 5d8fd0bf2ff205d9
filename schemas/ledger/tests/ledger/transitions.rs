//! The state of a card or account is a pure function of its transitions.

use crate::generate::shuffled;
use holdfast_ledger::time::Moment;
use holdfast_ledger::transition::{Permission, Subject, Transition, state_in_force};
use proptest::prelude::*;

/// `STATE@second`, or `STATE` for one without a time.
fn transition(text: &str) -> Transition {
    let (state, second) = text
        .split_once('@')
        .map_or((text, None), |(state, second)| (state, Some(second)));
    Transition {
        token: text.to_owned(),
        state: state.to_owned(),
        created: second.map(|second| Moment(second.parse::<i64>().unwrap() * 1000)),
    }
}

/// The state in force in every rotation of the transitions, forwards and backwards: it must be the same.
fn in_force(subject: Subject, texts: &[&str]) -> Option<String> {
    let mut transitions: Vec<Transition> = texts.iter().map(|text| transition(text)).collect();
    let first = state_in_force(subject, &transitions).map(str::to_owned);
    for _ in 0..transitions.len() {
        transitions.rotate_left(1);
        let reversed = state_in_force(subject, transitions.iter().rev());
        let rotated = state_in_force(subject, &transitions);
        assert_eq!((rotated, reversed), (first.as_deref(), first.as_deref()));
    }
    first
}

#[test]
fn each_rule_for_cards() {
    let table: &[(&str, &[&str], Option<&str>)] = &[
        ("no transitions, no state", &[], None),
        (
            "the latest counts",
            &["ACTIVE@1", "SUSPENDED@2"],
            Some("SUSPENDED"),
        ),
        (
            "also when it is the milder one",
            &["SUSPENDED@1", "ACTIVE@2"],
            Some("ACTIVE"),
        ),
        (
            "issued and activated at once",
            &["UNACTIVATED@1", "ACTIVE@1"],
            Some("ACTIVE"),
        ),
        (
            "the stricter at equal times",
            &["SUSPENDED@1", "ACTIVE@1"],
            Some("SUSPENDED"),
        ),
        (
            "limited is stricter than active",
            &["LIMITED@1", "ACTIVE@1"],
            Some("LIMITED"),
        ),
        (
            "suspended and limited: by name",
            &["SUSPENDED@1", "LIMITED@1"],
            Some("SUSPENDED"),
        ),
        (
            "terminated is final",
            &["TERMINATED@1", "ACTIVE@2"],
            Some("TERMINATED"),
        ),
        (
            "even without a time",
            &["TERMINATED", "ACTIVE@2"],
            Some("TERMINATED"),
        ),
        (
            "even against the unknown",
            &["TERMINATED@1", "RESTING@2"],
            Some("TERMINATED"),
        ),
        (
            "a time outranks no time",
            &["SUSPENDED", "ACTIVE@1"],
            Some("ACTIVE"),
        ),
        (
            "also one before 1970",
            &["SUSPENDED", "ACTIVE@-9"],
            Some("ACTIVE"),
        ),
        (
            "without times the stricter",
            &["ACTIVE", "SUSPENDED"],
            Some("SUSPENDED"),
        ),
        (
            "an unknown one may be the latest",
            &["SUSPENDED@1", "RESTING@2"],
            Some("RESTING"),
        ),
        (
            "but is the least at equal times",
            &["UNACTIVATED@1", "RESTING@1"],
            Some("UNACTIVATED"),
        ),
        (
            "two unknown ones: by name",
            &["RESTING@1", "ASLEEP@1"],
            Some("RESTING"),
        ),
        (
            "a user's state is none of a card's",
            &["CLOSED@1", "ACTIVE@1"],
            Some("ACTIVE"),
        ),
    ];
    for (rule, transitions, state) in table {
        let found = in_force(Subject::Card, transitions);
        assert_eq!(found.as_deref(), *state, "{rule}");
    }
}

#[test]
fn each_rule_for_accounts() {
    let table: &[(&str, &[&str], &str)] = &[
        (
            "the latest counts",
            &["ACTIVE@1", "SUSPENDED@2"],
            "SUSPENDED",
        ),
        ("verified at once", &["UNVERIFIED@1", "ACTIVE@1"], "ACTIVE"),
        (
            "limited is an initial state",
            &["LIMITED@1", "ACTIVE@1"],
            "ACTIVE",
        ),
        (
            "the stricter at equal times",
            &["CLOSED@1", "SUSPENDED@1", "ACTIVE@1"],
            "CLOSED",
        ),
        ("closed may be left", &["CLOSED@1", "ACTIVE@2"], "ACTIVE"),
        (
            "terminated may not",
            &["TERMINATED@1", "ACTIVE@2"],
            "TERMINATED",
        ),
        ("a time outranks no time", &["CLOSED", "ACTIVE@1"], "ACTIVE"),
        (
            "an unknown one may be the latest",
            &["CLOSED@1", "RESTING@2"],
            "RESTING",
        ),
    ];
    for (rule, transitions, state) in table {
        let found = in_force(Subject::Account, transitions);
        assert_eq!(found.as_deref(), Some(*state), "{rule}");
    }
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
    assert!(Subject::Card.knows("LIMITED") && !Subject::Card.knows("CLOSED"));
    assert!(Subject::Account.knows("CLOSED") && !Subject::Account.knows("RESTING"));
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
