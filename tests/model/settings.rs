//! How much is run, and what is run again, from the environment.

use crate::program::Program;
use crate::table;

/// A table to run instead of chance: `HOLDFAST_MODEL_TABLE=path`.
pub(crate) fn table() -> Option<Program> {
    let path = std::env::var("HOLDFAST_MODEL_TABLE").ok()?;
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Some(table::read(&text))
}

/// `HOLDFAST_MODEL_LIFECYCLES=`, else so many.
pub(crate) fn lifecycles(usual: u64) -> u64 {
    number("HOLDFAST_MODEL_LIFECYCLES").unwrap_or(usual)
}

/// The seed of the first program: `HOLDFAST_MODEL_SEED=`, else a fresh one.
pub(crate) fn seed() -> u64 {
    let fresh = || uuid::Uuid::now_v7().as_u64_pair().1 >> 16;
    number("HOLDFAST_MODEL_SEED").unwrap_or_else(fresh)
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is no number: {text}")),
    )
}
