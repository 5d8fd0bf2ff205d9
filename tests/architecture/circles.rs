//! No circles: files of one crate do not import each other in a loop of any length.
//!
//! The test reads `use` statements and paths that begin with `crate::` or `super::`. A name that a module imports
//! or re-exports leads to the file that defines it. It does not read paths that begin with a child module, glob
//! imports and macros. What a file takes from a module above it is no import: `a.rs` and the files of `a/` are one
//! module, and the files inside see what it shares with them.

use crate::sources::{Source, code, product};
use std::collections::{BTreeMap, BTreeSet};

/// Crates with circles, and how many of their files are in one. A number may only fall.
const IN_CIRCLES: [(&str, usize); 5] = [
    ("schemas/decision", 2),
    ("schemas/funding", 4),
    ("schemas/ledger", 9),
    ("schemas/marqeta", 12),
    ("schemas/store", 21),
];

/// A path of names, from the root of the crate or as it is written.
type Names = Vec<String>;

/// The files of a crate by their module.
struct Modules<'a>(BTreeMap<Names, File<'a>>);

struct File<'a> {
    path: &'a str,
    /// Imported names, each with the path that it is imported from.
    imports: Vec<(String, Names)>,
    /// Other paths in the code.
    paths: Vec<Names>,
}

fn names(path: &str) -> Names {
    path.split("::")
        .map(|name| name.trim().to_owned())
        .collect()
}

/// The module of a file below `src`; the root is the empty path.
fn module(below: &str) -> Names {
    let below = below.trim_end_matches(".rs");
    match below {
        "lib" | "main" => Names::new(),
        _ => below.split('/').map(str::to_owned).collect(),
    }
}

/// Divides a list at the commas outside of braces.
fn split_list(list: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[begin..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The names that a tree of a `use` statement imports.
fn expand(prefix: &str, tree: &str, into: &mut Vec<(String, Names)>) {
    let tree = tree.trim();
    if let Some((before, list)) = tree.split_once('{') {
        let list = list.trim_end().trim_end_matches('}');
        let prefix = format!("{prefix}{before}");
        return split_list(list)
            .into_iter()
            .for_each(|part| expand(&prefix, part, into));
    }
    let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
    let mut path = names(&format!("{prefix}{path}"));
    path.retain(|name| name != "self" || prefix.is_empty());
    let alias = match alias {
        "" => path.last().cloned().unwrap_or_default(),
        alias => alias.trim().to_owned(),
    };
    into.push((alias, path));
}

/// Divides the code of a file into its imports and the rest.
fn read_imports(code: &str) -> (Vec<(String, Names)>, String) {
    let (mut imports, mut rest) = (Vec::new(), String::new());
    let mut statement = String::new();
    for line in code.lines() {
        let plain = line.trim_start();
        let visible = plain.strip_prefix("pub").map_or(plain, |after| {
            let after = after.strip_prefix("(crate)").unwrap_or(after);
            after.strip_prefix("(super)").unwrap_or(after).trim_start()
        });
        match visible.strip_prefix("use ") {
            Some(begin) if statement.is_empty() => statement.push_str(begin),
            _ if statement.is_empty() => rest.extend([line, "\n"]),
            _ => statement.push_str(plain),
        }
        if statement.ends_with(';') {
            expand("", statement.trim_end_matches(';'), &mut imports);
            statement.clear();
        }
    }
    (imports, rest)
}

/// The paths in code that begin with `crate::` or `super::`.
fn read_paths(code: &str) -> Vec<Names> {
    let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let ours = words.filter(|word| word.starts_with("crate::") || word.starts_with("super::"));
    ours.map(|word| names(word.trim_end_matches(':'))).collect()
}

impl<'a> Modules<'a> {
    /// Reads the files of the crate in this folder.
    fn read(folder: &str, sources: &'a [Source]) -> Self {
        let src = format!("{folder}/src/");
        let mut modules = BTreeMap::new();
        for source in sources {
            let Some(below) = source.path.strip_prefix(&src) else {
                continue;
            };
            let text = code(source);
            let product = text.split("#[cfg(test)]\nmod tests").next();
            let (imports, rest) = read_imports(product.unwrap_or_default());
            let file = File {
                path: &source.path,
                imports,
                paths: read_paths(&rest),
            };
            // A binary beside a library is a crate of its own.
            modules.entry(module(below)).or_insert(file);
        }
        Self(modules)
    }

    /// The module whose file defines what a path names; none if it is not of this crate.
    fn defining_module(&self, from: &[String], path: &[String], depth: usize) -> Option<Names> {
        let (mut at, mut rest) = match path.first()?.as_str() {
            "crate" => (Names::new(), &path[1..]),
            "self" => (from.to_vec(), &path[1..]),
            "super" => (from.to_vec(), path),
            first => {
                let child = [from, &[first.to_owned()]].concat();
                self.0.get(&child)?;
                (from.to_vec(), path)
            }
        };
        while let Some((name, after)) = rest.split_first() {
            let child = [at.as_slice(), std::slice::from_ref(name)].concat();
            if name == "super" {
                at.pop();
            } else if self.0.contains_key(&child) {
                at = child;
            } else {
                let mut imports = self.0.get(&at)?.imports.iter();
                return match imports.find(|(alias, _)| alias == name) {
                    Some(_) if depth == 0 => None,
                    Some((_, target)) => self.defining_module(&at, target, depth - 1),
                    None => Some(at),
                };
            }
            rest = after;
        }
        Some(at)
    }

    /// The modules that each module imports.
    fn imports(&self) -> BTreeMap<&Names, BTreeSet<Names>> {
        let of_module = |(module, file): (&'_ Names, &File<'_>)| {
            let imported = file.imports.iter().map(|(_, path)| path);
            let paths = imported.chain(&file.paths);
            let found = paths.filter_map(|path| self.defining_module(module, path, 8));
            found.filter(|found| !module.starts_with(found)).collect()
        };
        let modules = self.0.iter();
        modules
            .map(|(module, file)| (module, of_module((module, file))))
            .collect()
    }

    /// The circles: files that reach each other.
    fn circles(&self) -> Vec<Vec<&'a str>> {
        let imports = self.imports();
        let reached = |from: &Names| {
            let (mut reached, mut open) = (BTreeSet::new(), vec![from.clone()]);
            while let Some(module) = open.pop() {
                for next in imports.get(&module).into_iter().flatten() {
                    if reached.insert(next.clone()) {
                        open.push(next.clone());
                    }
                }
            }
            reached
        };
        let reached: BTreeMap<&Names, BTreeSet<Names>> = imports
            .keys()
            .map(|module| (*module, reached(module)))
            .collect();
        let mut circles = BTreeSet::new();
        for (module, all) in &reached {
            let back = all.iter().filter(|other| reached[other].contains(*module));
            circles.insert(back.map(|other| self.0[other].path).collect::<Vec<_>>());
        }
        circles
            .into_iter()
            .filter(|circle| !circle.is_empty())
            .collect()
    }
}

/// The folders of all crates.
fn crates(sources: &[Source]) -> BTreeSet<&str> {
    let folder = |source: &'_ Source| source.path.find("/src/");
    let folders = sources
        .iter()
        .filter_map(|source| folder(source).map(|end| &source.path[..end]));
    folders.collect()
}

#[test]
fn files_of_a_crate_do_not_import_each_other_in_circles() {
    let sources = product(&["front/", "workers/", "schemas/", "deploy/"]);
    let permitted = BTreeMap::from(IN_CIRCLES);
    let circles = crates(&sources).into_iter().map(|folder| {
        let circles = Modules::read(folder, &sources).circles();
        (folder, circles)
    });
    let more: BTreeMap<&str, _> = circles
        .filter(|(folder, circles)| {
            let files: usize = circles.iter().map(Vec::len).sum();
            files > permitted.get(folder).copied().unwrap_or(0)
        })
        .collect();
    assert!(more.is_empty(), "{more:#?}");
}

#[test]
fn a_circle_is_found_through_lists_exports_and_paths() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let sources = [
        source("x/src/lib.rs", "mod a;\nmod b;\nmod c;\nmod d;"),
        source(
            "x/src/a.rs",
            "mod inner;\npub use inner::Inner;\nuse super::{b::{self, B as Other}, d};",
        ),
        source("x/src/a/inner.rs", "use super::Shared;\npub struct Inner;"),
        source("x/src/b.rs", "fn f() { crate::c::call(); }"),
        source(
            "x/src/c.rs",
            "pub(crate) use crate::a::Inner;\nuse std::fmt;",
        ),
        source(
            "x/src/d.rs",
            "use crate::c::Inner;\n#[cfg(test)]\nmod tests { use crate::a::X; }",
        ),
    ];
    let modules = Modules::read("x", &sources);
    assert_eq!(modules.circles(), Vec::<Vec<&str>>::new());
    let mut sources = sources;
    sources[2].text.push_str("\nuse crate::b;");
    let circles = Modules::read("x", &sources).circles();
    let circle = ["x/src/a/inner.rs", "x/src/b.rs", "x/src/c.rs"];
    assert_eq!(circles, [circle]);
    assert_eq!(crates(&sources), BTreeSet::from(["x"]));
}
