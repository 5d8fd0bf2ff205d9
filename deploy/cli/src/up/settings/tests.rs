//! How `up` reads its settings.

use super::*;
use clap::Parser;
use holdfast_runtime::settings::parse_from;

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    up: UpArgs,
}

fn parsed(words: &[&str]) -> Result<UpArgs, SettingError> {
    let words = ["up"].iter().chain(words).map(Into::into);
    parse_from(words, &|_| None).map(|line: Line| line.up)
}

#[test]
fn nothing_needs_to_be_said() {
    let args = parsed(&[]).unwrap();
    assert!(!args.no_traffic && args.run_for.is_none() && args.shards.is_none());
    assert_eq!(args.data_dir, PathBuf::from(".holdfast"));
}

#[test]
fn a_time_a_folder_and_the_fronts_settings_are_understood() {
    let words = [
        "--for",
        "20s",
        "--data-dir",
        "/x",
        "--public-addr",
        "127.0.0.1:9",
    ];
    let args = parsed(&words).unwrap();
    assert_eq!(args.run_for, Some(Duration::from_secs(20)));
    assert_eq!(args.data_dir, PathBuf::from("/x"));
    assert_eq!(args.front.public.addr.port(), 9);
}

#[test]
fn a_wrong_option_is_a_wrong_command_line() {
    for words in [["--shards", "0"], ["--for", "20"], ["--rate", "0"]] {
        assert_eq!(parsed(&words).unwrap_err().exit_code(), 64, "{words:?}");
    }
    let wrong = parsed(&["--public-addr", "here"]).unwrap_err();
    assert_eq!(wrong.exit_code(), 78);
}

#[test]
fn what_is_missing_is_made_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let resolve = || {
        let path = folder.path().join("data").display().to_string();
        let words = [
            "--data-dir",
            &path,
            "--operator-token",
            "mine-mine-mine-mine-mine",
        ];
        Settings::resolve(parsed(&words).unwrap()).unwrap()
    };
    let (first, second) = (resolve(), resolve());
    let password = |settings: &Settings| {
        let credentials = settings.args.front.public.gateway_credentials().unwrap();
        credentials.first().unwrap().password.expose().to_owned()
    };
    assert_eq!(password(&first), password(&second));
    assert!(password(&first).len() >= 32);
    assert_eq!(
        first.args.front.private.operators().unwrap()[0]
            .token
            .expose(),
        "mine-mine-mine-mine-mine"
    );
    assert_eq!(
        first.generated.operator_token, None,
        "a configured token is not shown"
    );
}
