//! The language of the sources: words that the glossary has replaced, and names that say nothing alone. Both are
//! ratchets: a number may fall and not rise. Lower it when it has fallen.

use crate::sources::{Source, all, product};
use std::collections::BTreeMap;

/// Words that a standard term has replaced, and how often each still stands in Rust and SQL. Words
/// that have a right use as well (collect, letter, bench, turn) are left out.
const REPLACED: [(&str, usize); 50] = [
    ("anew", 0),
    ("begun", 0),
    ("cable", 0),
    ("cast", 1),
    ("circumstances", 0),
    ("collected", 3),
    ("collects", 3),
    ("concern", 1),
    ("desk", 0),
    ("doing", 0),
    ("door", 0),
    ("enact", 0),
    ("fate", 0),
    ("foreign", 2),
    ("heard", 0),
    ("ink", 0),
    ("judge", 0),
    ("keeper", 0),
    ("knock", 0),
    ("lane", 0),
    ("laws", 0),
    ("loose", 0),
    ("meter", 0),
    ("nobody", 4),
    ("opener", 30),
    ("openers", 3),
    ("pace", 0),
    ("paper", 1),
    ("parcel", 0),
    ("patience", 0),
    ("payday", 0),
    ("purse", 0),
    ("ruling", 0),
    ("scene", 0),
    ("settle", 1),
    ("settled", 37),
    ("sheet", 0),
    ("somebody", 0),
    ("stranger", 0),
    ("stretch", 0),
    ("surprise", 0),
    ("tale", 0),
    ("tap", 0),
    ("teeth", 0),
    ("tell", 0),
    ("ticket", 0),
    ("told", 0),
    ("unfinished", 0),
    ("whoever", 0),
    ("whom", 0),
];
/// Function names of one word, in percent of all. One word is right for a constructor, or where the receiver
/// says the rest.
const ONE_WORD_PERCENT: usize = 33;

/// Type names that occur more often than [`TYPE_NAME_MAX`], and how often. A number may only fall.
const REPEATED_TYPES: [(&str, usize); 0] = [];
/// How many types of the workspace may have one name.
const TYPE_NAME_MAX: usize = 3;

/// How often a word stands in a text, by itself or within a name.
fn count_word(text: &str, word: &str) -> usize {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|found| *found == word).count()
}

fn function_names(source: &Source) -> Vec<&str> {
    let product = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    let calls = product.split("fn ").skip(1);
    let name = |rest: &'_ str| rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    calls
        .filter_map(|rest| name(rest).map(|end| &rest[..end]))
        .filter(|name| !name.is_empty())
        .collect()
}

/// The type that a line at the top level of a file defines.
fn type_name(line: &str) -> Option<&str> {
    let plain = line.strip_prefix("pub").map_or(line, |after| {
        let scope = after
            .strip_prefix('(')
            .and_then(|scope| scope.split_once(')'));
        scope.map_or(after, |(_, after)| after).trim_start()
    });
    let (keyword, rest) = plain.split_once(' ')?;
    let is_type = ["struct", "enum", "trait", "type"].contains(&keyword);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    is_type.then(|| &rest[..end.unwrap_or(rest.len())])
}

fn type_names(source: &Source) -> Vec<&str> {
    let product = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    product.lines().filter_map(type_name).collect()
}

#[test]
fn words_that_the_glossary_replaced_do_not_come_back() {
    let mut sources = all("rs");
    sources.extend(all("sql"));
    sources.retain(|source| !source.path.ends_with("architecture/words.rs"));
    let counted = REPLACED.map(|(word, _)| {
        let texts = sources.iter();
        let times: usize = texts.map(|source| count_word(&source.text, word)).sum();
        (word, times)
    });
    let more = counted.iter().zip(REPLACED);
    let more: Vec<_> = more.filter(|((_, now), (_, most))| now > most).collect();
    assert!(more.is_empty(), "{counted:?}");
}

#[test]
fn function_names_say_what_they_do_to_what() {
    let sources = product(&["front/", "workers/", "schemas/", "deploy/"]);
    let names: Vec<&str> = sources.iter().flat_map(function_names).collect();
    let short = names.iter().filter(|name| !name.contains('_')).count();
    let percent = short * 100 / names.len();
    assert!(
        percent <= ONE_WORD_PERCENT,
        "{short} of {} function names are one word: {percent} %",
        names.len()
    );
}

#[test]
fn a_type_name_is_that_of_few_types() {
    let sources = product(&["front/", "workers/", "schemas/", "deploy/"]);
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in sources.iter().flat_map(type_names) {
        *times.entry(name).or_default() += 1;
    }
    let permitted = BTreeMap::from(REPEATED_TYPES);
    times.retain(|name, times| *times > permitted.get(name).copied().unwrap_or(TYPE_NAME_MAX));
    assert!(times.is_empty(), "{times:?}");
}

#[test]
fn each_finds_its_offender() {
    assert_eq!(
        count_word("let desk = Desk::open(); // a desktop", "desk"),
        2
    );
    let source = Source {
        path: "a.rs".to_owned(),
        text: "fn run() {} pub fn read_row(x: u8) {}\n#[cfg(test)]\nfn told() {}".to_owned(),
    };
    assert_eq!(function_names(&source), ["run", "read_row"]);
    let source = Source {
        path: "a.rs".to_owned(),
        text: "pub(crate) struct A(pub(super) u8);\nenum B<T> {\npub type C = u8;\n    struct D;\npub trait E: F {}\nstruct G;"
            .to_owned(),
    };
    assert_eq!(type_names(&source), ["A", "B", "C", "E", "G"]);
}
