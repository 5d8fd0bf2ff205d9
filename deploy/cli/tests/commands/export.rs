//! `holdfast export`: every event once, in order, also after it was stopped.

use crate::fixture::ApiFixture;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Each partition's positions must be 1, 2, 3, …; returns how many events there are.
fn count_in_order(lines: &[Value]) -> usize {
    let mut last: BTreeMap<i64, i64> = BTreeMap::new();
    for line in lines {
        let position = line["value"]["position"].as_i64().unwrap();
        let before = last.insert(line["partition"].as_i64().unwrap(), position);
        assert_eq!(before.unwrap_or(0) + 1, position, "{line}");
    }
    lines.len()
}

fn transfer(fixture: &ApiFixture, account: &str, reference: &str) {
    let line = format!("account credit {account} 5 USD --reference {reference}");
    let said = fixture.run(&line);
    assert_eq!(said.code, Some(0), "{line}: {said:?}");
}

#[tokio::test]
async fn every_event_is_exported_once_also_when_it_is_continued() {
    let fixture = ApiFixture::open().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.ndjson");
    let file = path.to_str().unwrap();
    for account in ["exp-1", "exp-2", "exp-3"] {
        let said = fixture.run(&format!("account create {account} --currency USD"));
        assert_eq!(said.code, Some(0), "{said:?}");
        transfer(&fixture, account, "one");
    }
    let summary = fixture.json(&format!("export --output {file}"));
    let first = count_in_order(&lines(&path));
    assert!(first >= 3, "{first}");
    assert_eq!(summary["events"], first);

    // It may not be overwritten by mistake.
    let again = fixture.run(&format!("export --output {file}"));
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.err.contains("--resume"), "{}", again.err);

    // A kill cut the last line off: it is written again.
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, &text[..text.len() - 20]).unwrap();
    transfer(&fixture, "exp-2", "two");
    let summary = fixture.json(&format!("export --output {file} --resume"));
    let all = lines(&path);
    assert!(count_in_order(&all) > first);
    assert_eq!(summary["events"], all.len() - first + 1);

    let only = fixture.run("export --topic ledger.adjustments.v1 --since 2020-01-01");
    let wanted = all
        .iter()
        .filter(|line| line["topic"] == "ledger.adjustments.v1");
    assert_eq!(only.out.lines().count(), wanted.count());
    let unknown = fixture.run("export --topic ledger");
    assert_eq!(unknown.code, Some(64), "{unknown:?}");
    assert!(
        unknown.err.contains("ledger.adjustments.v1"),
        "{}",
        unknown.err
    );
    let none = fixture.run("export --since 2999-01-01");
    assert_eq!((none.code, none.out.as_str()), (Some(0), ""));
}
