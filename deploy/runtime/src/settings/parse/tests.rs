//! What users see when a setting or a command line is wrong.

use super::*;
use crate::settings::{
    DatabaseSettings, KafkaSettings, LogSettings, PrivateSettings, PublicSettings,
};

/// Does things.
#[derive(Debug, Parser)]
#[command(name = "program", version)]
struct Program {
    #[command(flatten)]
    public: PublicSettings,
    #[command(flatten)]
    private: PrivateSettings,
    #[command(flatten)]
    log: LogSettings,
    #[command(subcommand)]
    command: Option<Below>,
}

#[derive(Debug, clap::Subcommand)]
enum Below {
    /// Makes tables.
    Migrate {
        #[command(flatten)]
        database: DatabaseSettings,
        #[command(flatten)]
        kafka: KafkaSettings,
        #[arg(long, env = "HOLDFAST_TEST_ONLY_SHARDS")]
        shards: u16,
    },
}

fn run(args: &[&str]) -> Result<Program, SettingError> {
    run_with(args, &[])
}

fn run_with(args: &[&str], variables: &[(&str, &str)]) -> Result<Program, SettingError> {
    let args = std::iter::once("program")
        .chain(args.iter().copied())
        .map(OsString::from);
    parse_from(args, &|name| {
        variables
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| OsString::from(value))
    })
}

#[track_caller]
fn refused(result: Result<Program, SettingError>) -> (u8, String) {
    let error = result.unwrap_err();
    (error.exit_code(), error.to_string())
}

#[test]
fn defaults_are_the_documented_ones() {
    let program = run(&[]).unwrap();
    assert_eq!(program.public.addr.to_string(), "127.0.0.1:8080");
    assert_eq!(program.private.addr.to_string(), "127.0.0.1:8081");
    assert_eq!(program.public.decision_deadline.as_millis(), 2200);
}

#[test]
fn a_wrong_setting_is_named_in_one_sentence_without_its_value() {
    let (code, text) = refused(run(&["--gateway-credentials", "hunter2"]));
    assert_eq!(code, 78);
    assert_eq!(
        text,
        "setting HOLDFAST_GATEWAY_CREDENTIALS (--gateway-credentials) is wrong: \
         item 1 must be user:password (several are separated by commas)"
    );
    let (code, text) = refused(run(&["--public-addr", "nowhere"]));
    assert_eq!((code, text.lines().count()), (78, 1));
    assert!(
        text.starts_with("setting HOLDFAST_PUBLIC_ADDR (--public-addr) is wrong: "),
        "{text}"
    );
    assert_eq!(refused(run(&["--log", "a=b=c"])).0, 78);
    let (code, text) = refused(run(&["--log-format", "xml"]));
    assert_eq!(code, 78);
    assert!(text.ends_with("it must be one of text, json"), "{text}");
}

#[test]
fn a_missing_setting_is_named() {
    let (code, text) = refused(run(&["migrate"]));
    assert_eq!(code, 78);
    assert_eq!(
        text,
        "setting HOLDFAST_TEST_ONLY_SHARDS (--shards) is missing"
    );
    let error = run(&[]).unwrap().public.gateway_credentials().unwrap_err();
    assert_eq!(error.exit_code(), 78);
    assert!(error.to_string().contains("HOLDFAST_GATEWAY_CREDENTIALS"));
}

#[test]
fn a_wrong_command_line_is_not_a_wrong_setting() {
    assert_eq!(refused(run(&["--colour"])).0, 64);
    assert_eq!(refused(run(&["dance"])).0, 64);
    assert_eq!(refused(run(&["--version"])).0, 0);
}

#[test]
fn help_names_the_variables_and_shows_no_values() {
    let variables = [("HOLDFAST_OPERATOR_TOKEN_FILE", "/dev/null")];
    let (code, text) = refused(run_with(&["--help"], &variables));
    assert_eq!(code, 0);
    assert!(text.contains("[env: HOLDFAST_OPERATOR_TOKEN]"), "{text}");
}

#[test]
fn help_describes_the_program_and_not_its_groups() {
    let (_, text) = refused(run(&["--help"]));
    assert!(text.starts_with("Does things\n"), "{text}");
    let (_, text) = refused(run(&["migrate", "--help"]));
    assert!(text.starts_with("Makes tables\n"), "{text}");
}

#[test]
fn a_file_supplies_a_setting_and_loses_its_last_line_break() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "postgres://u:p@h/d\n").unwrap();
    let path = file.path().to_str().unwrap();
    let variables = [("HOLDFAST_DATABASE_URL_FILE", path)];
    let url = |program: Program| {
        let Some(Below::Migrate { database, .. }) = program.command else {
            panic!("no command")
        };
        database.url().unwrap().expose().to_owned()
    };
    let program = run_with(&["migrate", "--shards", "4"], &variables).unwrap();
    assert_eq!(url(program), "postgres://u:p@h/d");
    let flag = [
        "migrate",
        "--shards",
        "4",
        "--database-url",
        "postgres://flag",
    ];
    assert_eq!(url(run_with(&flag, &variables).unwrap()), "postgres://flag");
}

#[test]
fn a_file_satisfies_a_required_setting() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "16").unwrap();
    let variables = [(
        "HOLDFAST_TEST_ONLY_SHARDS_FILE",
        file.path().to_str().unwrap(),
    )];
    let program = run_with(&["migrate"], &variables).unwrap();
    let Some(Below::Migrate { shards, .. }) = program.command else {
        panic!("no command")
    };
    assert_eq!(shards, 16);
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_its_variable() {
    let variables = [("HOLDFAST_WEBHOOK_SECRET_FILE", "/nowhere/secret")];
    let (code, text) = refused(run_with(&[], &variables));
    assert_eq!(code, 78);
    assert!(
        text.starts_with("setting HOLDFAST_WEBHOOK_SECRET_FILE names the file /nowhere/secret")
    );
}
