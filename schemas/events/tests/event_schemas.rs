//! The schemas in `schemas/events/` are those of the code, no more and no fewer.
//! After a change: `cargo run -p holdfast-events --bin event-schemas`.

use holdfast_events::compatibility::find_breaks;
use holdfast_events::schema;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn the_schema_files_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let there: BTreeMap<String, String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".json"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    let expected: BTreeMap<String, String> = schema::files()
        .unwrap()
        .into_iter()
        .map(|file| (file.name, file.text))
        .collect();
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&there), names(&expected), "missing or left over");
    for (name, text) in expected {
        assert!(
            there[&name] == text,
            "{name} is out of date: run the event-schemas program"
        );
    }
}

/// A version of the schemas that readers rely on: `event-schemas --release NAME` keeps it in `released/NAME`.
#[test]
fn the_schemas_may_follow_every_released_version() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("released");
    let present: BTreeMap<String, String> = schema::files()
        .unwrap()
        .into_iter()
        .map(|file| (file.name, file.text))
        .collect();
    let mut compared = 0;
    for version in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(version.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let older: Value =
                serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let newer = present.get(&name);
            let newer = newer.unwrap_or_else(|| panic!("{} has no successor", path.display()));
            let breaks = find_breaks(&older, &serde_json::from_str(newer).unwrap());
            assert_eq!(breaks, [""; 0], "{} may not be followed", path.display());
            compared += 1;
        }
    }
    assert!(compared >= 6, "{compared} schemas were compared");
}
