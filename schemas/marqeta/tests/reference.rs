//! The reference's own lists of types (section 3.9) and methods (section 2) are read, and each name is looked
//! up in the table. The reference stays where it is, beside the vendor's samples: `HOLDFAST_VENDOR_SAMPLES`.

#![expect(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

use holdfast_marqeta::catalog::{find_method, find_type, is_known_method};
use std::path::PathBuf;

const WHERE: &str = "HOLDFAST_VENDOR_SAMPLES";

fn reference() -> Option<String> {
    let Some(samples) = std::env::var_os(WHERE).map(PathBuf::from) else {
        println!("skipped: {WHERE} is not set");
        return None;
    };
    let file = samples.parent()?.join("reference.md");
    Some(std::fs::read_to_string(file).unwrap())
}

/// The texts between backticks in the part of a page between two headings.
fn quoted(page: &str, from: &str, to: &str) -> Vec<String> {
    let (_, part) = page.split_once(from).unwrap();
    let (part, _) = part.split_once(to).unwrap();
    part.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// `a.b(.c)` is two names; `a.*.b`, `a.*` and `a*` are one that fits.
fn spelled_out(name: &str) -> Vec<String> {
    if let Some((first, more)) = name.split_once('(') {
        let more = more.trim_end_matches(')');
        return vec![first.to_owned(), format!("{first}{more}")];
    }
    let name = name.replace(".*.", ".authorization.");
    let name = name.replace(".*", ".anything");
    vec![name.trim_end_matches('*').to_owned()]
}

/// A name that begins with a dot goes on from the one before: with its end added, or in the place of its last
/// word. One of the two is meant.
fn readings(before: &str, name: &str) -> Vec<String> {
    if !name.starts_with('.') {
        return vec![name.to_owned()];
    }
    let (shorter, _) = before.rsplit_once('.').unwrap_or((before, ""));
    vec![format!("{before}{name}"), format!("{shorter}{name}")]
}

/// Every name of a list that nothing knows.
fn unknown(names: &[String], is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let (mut before, mut unknown) = (String::new(), Vec::new());
    for name in names.iter().flat_map(|name| spelled_out(name)) {
        let readings = readings(&before, &name);
        if !readings.iter().any(|name| is_known(name)) {
            unknown.push(name.clone());
        }
        if !name.starts_with('.') {
            before = name;
        }
    }
    unknown
}

#[test]
fn every_type_of_the_reference_is_in_the_table() {
    let Some(page) = reference() else { return };
    let names = quoted(&page, "### 3.9", "\nMambu");
    assert!(names.len() > 50, "only {} names", names.len());
    let missing = unknown(&names, |name| find_type(name).is_some());
    assert_eq!(missing, Vec::<String>::new());
    let disputes = quoted(&page, "**6.17", "| `chargeback.pfs");
    let of_both = |name: &String| {
        let rest = name.strip_prefix('…').unwrap_or(name);
        let families = ["authorization.clearing.", "pindebit.", ""];
        let names: Vec<String> = families.map(|family| format!("{family}{rest}")).into();
        let of_dispute = |rest: &str| format!("authorization.clearing.chargeback{rest}");
        names.iter().any(|name| find_type(name).is_some())
            || find_type(&of_dispute(rest)).is_some()
            || !rest.contains('.') && !rest.starts_with("chargeback")
    };
    let missing: Vec<&String> = disputes.iter().filter(|name| !of_both(name)).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn every_method_of_the_reference_is_in_the_table() {
    let Some(page) = reference() else { return };
    let table = quoted(&page, "\n| method | kind | obj |", "\nRules for code");
    let methods: Vec<String> = page
        .split_once("\n| method | kind | obj |")
        .and_then(|(_, rest)| rest.split_once("\nRules for code"))
        .map(|(table, _)| table)
        .unwrap_or_default()
        .lines()
        .filter_map(|row| row.strip_prefix("| ")?.split(" | ").next())
        .flat_map(|cell| quoted(&format!("<{cell}>"), "<", ">"))
        .collect();
    assert!(methods.len() > 45 && methods.len() < table.len());
    let is_known = |name: &str| find_method(name).is_some() || is_known_method(name);
    assert_eq!(unknown(&methods, is_known), Vec::<String>::new());
}

#[test]
fn a_name_that_is_missing_is_found() {
    let names = ["pindebit", ".cashback", ".nonsense", "a.b(.c)"].map(str::to_owned);
    let missing = unknown(&names, |name| find_type(name).is_some());
    assert_eq!(missing, [".nonsense", "a.b", "a.b.c"]);
}
