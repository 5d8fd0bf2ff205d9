//! Finding the samples, and giving each tokens of its own.

use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const WHERE: &str = "HOLDFAST_VENDOR_SAMPLES";

/// The folder of the samples; prints how to set it when it is not set.
pub(super) fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os(WHERE).map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: {WHERE} is not set");
    }
    folder
}

/// A sample with tokens that no other one has.
pub(super) struct Sample {
    pub(super) file: String,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) account: Option<String>,
}

/// The samples that hold a transaction; `None` if the folder is not set.
pub(super) fn samples() -> Option<Vec<Sample>> {
    let folder = folder()?;
    let files = std::fs::read_dir(&folder).unwrap();
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let (name, is_wrapped) = name(&file)?;
        let mut text = std::fs::read_to_string(path).unwrap();
        if is_wrapped {
            let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&text).unwrap();
            // Direct deposits are answered with a resource of their own, not with a transaction.
            text = fields.get("transaction")?.get().to_owned();
        }
        Some((file.clone(), name.to_owned(), text))
    };
    let found = paths.iter().filter_map(read).enumerate();
    Some(found.map(|(number, found)| own(number, found)).collect())
}

/// What a file's sample is called, and whether it stands in a response of the simulations; `None` where it is
/// no transaction.
fn name(file: &str) -> Option<(&str, bool)> {
    let (stem, _) = file.strip_suffix(".json")?.rsplit_once('-')?;
    let simulated = stem.strip_prefix("simulation2.");
    if let Some(name) = simulated.and_then(|stem| stem.strip_suffix("-response")) {
        return Some((name, true));
    }
    let is_official = file.starts_with("authorization-") || file.starts_with("gpa.");
    is_official.then_some((stem, false))
}

/// The samples share their tokens: here each gets its own, and so an account of its own.
fn own(number: usize, (file, name, mut text): (String, String, String)) -> Sample {
    let value: Value = serde_json::from_str(&text).unwrap();
    let mut tokens = BTreeSet::new();
    collect(&value, &mut tokens);
    for token in tokens {
        text = text.replace(&format!("\"{token}\""), &format!("\"{number}-{token}\""));
    }
    let account = value["user_token"].as_str();
    let account = account.map(|token| format!("{number}-{token}"));
    Sample {
        file,
        name,
        text,
        account,
    }
}

/// All texts in fields that are called a token.
fn collect(value: &Value, tokens: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name.ends_with("token") => {
                        tokens.insert(text.clone());
                    }
                    other => collect(other, tokens),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, tokens)),
        _ => {}
    }
}
