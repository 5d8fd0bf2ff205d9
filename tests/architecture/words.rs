//! The language of the sources: words that the glossary has replaced, and names that say nothing alone. Both are
//! ratchets: a number may fall and not rise. Lower it when it has fallen.

use crate::sources::{Source, all, product};

/// Words that a standard term has replaced, and how often each still stands in Rust and SQL. Words
/// that have a right use as well (collect, letter, bench, foreign key) are left out.
const REPLACED: [(&str, usize); 44] = [
    ("anew", 4),
    ("begun", 20),
    ("cable", 0),
    ("cast", 1),
    ("circumstances", 0),
    ("desk", 0),
    ("door", 0),
    ("doing", 37),
    ("enact", 0),
    ("fate", 1),
    ("heard", 112),
    ("ink", 0),
    ("judge", 0),
    ("keeper", 0),
    ("knock", 0),
    ("lane", 0),
    ("laws", 4),
    ("loose", 0),
    ("meter", 25),
    ("nobody", 102),
    ("pace", 67),
    ("paper", 1),
    ("parcel", 1),
    ("patience", 19),
    ("payday", 1),
    ("purse", 0),
    ("ruling", 0),
    ("scene", 0),
    ("settle", 7),
    ("settled", 82),
    ("sheet", 0),
    ("somebody", 21),
    ("stranger", 10),
    ("stretch", 11),
    ("surprise", 0),
    ("tale", 0),
    ("tap", 32),
    ("teeth", 1),
    ("tell", 180),
    ("ticket", 0),
    ("told", 493),
    ("unfinished", 21),
    ("whoever", 14),
    ("whom", 1),
];
/// Function names of one word, in percent of all. One word is right for a constructor, or where the receiver
/// says the rest.
const ONE_WORD_PERCENT: usize = 62;

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
fn both_find_their_offender() {
    assert_eq!(
        count_word("let desk = Desk::open(); // a desktop", "desk"),
        2
    );
    let source = Source {
        path: "a.rs".to_owned(),
        text: "fn run() {} pub fn read_row(x: u8) {}\n#[cfg(test)]\nfn told() {}".to_owned(),
    };
    assert_eq!(function_names(&source), ["run", "read_row"]);
}
