//! An operator's change is recorded: commands have only one way to commit, and nothing else changes what they change.

use crate::sources::{code, product};

/// Where commands are; the one file in it that may begin and commit.
const COMMANDS: &str = "schemas/funding/src/command";
const AUDITED: &str = "schemas/funding/src/command/audited.rs";
/// Reads what is used of a limit, and rolls back.
const READER: &str = "schemas/funding/src/command/control/available.rs";

/// Methods of the store that change something without a record: for tests and tools.
const UNRECORDED: [&str; 5] = [
    "store.put_account(",
    "store.put_card(",
    "store.put_control(",
    "store.change_settings(",
    ".begin()",
];

#[test]
fn a_command_changes_something_only_with_its_audit() {
    for source in product(&[COMMANDS, "schemas/funding/src/settings.rs"]) {
        if [AUDITED, READER].contains(&source.path.as_str()) {
            continue;
        }
        let code = code(&source);
        for wrong in UNRECORDED {
            let path = &source.path;
            assert!(
                !code.contains(wrong),
                "{path}: use CommandUnit, not {wrong}"
            );
        }
    }
}

#[test]
fn every_function_with_an_actor_uses_an_audited_unit() {
    let mut commands = 0;
    for source in product(&[COMMANDS, "schemas/funding/src/settings.rs"]) {
        let code = code(&source);
        let parts: Vec<&str> = code.split("pub async fn ").skip(1).collect();
        let heads = parts.iter().filter_map(|part| part.split_once('{'));
        let acting: Vec<&str> = heads
            .map(|(head, _)| head)
            .filter(|head| {
                head.contains("actor: &Actor") || head.contains("command: &MatchCommand")
            })
            .collect();
        commands += acting.len();
        let path = &source.path;
        assert!(
            acting.is_empty() || code.contains("CommandUnit::begin("),
            "{path} has {acting:?} without CommandUnit"
        );
    }
    // Accounts, cards, controls and rules (2 each), transfers, releases, matches (4), alerts, replays, settings.
    assert_eq!(
        commands, 15,
        "a new command needs its case in front/src/api/tests/audited_paths.rs"
    );
}

#[test]
fn the_api_and_the_command_line_change_nothing_themselves() {
    for source in product(&["front/src/api", "deploy/cli/src/commands"]) {
        let code = code(&source);
        for wrong in UNRECORDED {
            let path = &source.path;
            assert!(
                !code.contains(wrong),
                "{path}: give a command instead of {wrong}"
            );
        }
    }
}
