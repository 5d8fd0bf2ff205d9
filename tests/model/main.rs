//! The books against a naive model of them: random programs of accounts, purchases and messages, delivered
//! in any order and number, through the store and through the pure fold. A failure prints the program as a
//! small table that runs again with `HOLDFAST_MODEL_TABLE=path`.
//!
//! * `HOLDFAST_MODEL_LIFECYCLES=50000` runs more of them, `HOLDFAST_MODEL_SEED=` the same again; more of
//!   one kind only: `cargo test -p holdfast-tests --test model the_fold` (or `the_store`);
//! * [`model`] is the reference; [`lifecycles`] and [`delivery`] make programs up; [`fold`] and [`store`]
//!   run them; [`shrink`] and [`table`] make a failure readable.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot continue has failed"
)]

mod can_fail;
mod changes;
mod delivery;
mod fold;
mod history;
mod letter;
mod lifecycles;
mod limits;
mod matching;
mod model;
mod outcome;
mod program;
mod settings;
mod shrink;
mod store;
mod table;
mod through_the_fold;
mod through_the_store;
mod wording;

use program::Program;
use std::time::Duration;

/// Purchases of one program.
const PURCHASES: u32 = 8;
/// A failure is made smaller for so long.
const SHRINK_WITHIN: Duration = Duration::from_secs(60);

/// What a failure prints.
fn report(program: &Program, wrong: &[String], smallest: &Program, still: &[String]) -> String {
    let mut text = format!(
        "\nThe books differ from the model (HOLDFAST_MODEL_SEED={} HOLDFAST_MODEL_LIFECYCLES=1):\n  {}\n\n",
        program.seed,
        wrong.join("\n  "),
    );
    text += if still.is_empty() {
        "It did not happen again: it takes others at work. What was run:\n\n"
    } else {
        "The smallest table that shows it (run it with HOLDFAST_MODEL_TABLE=path):\n\n"
    };
    text + &table::write(smallest) + "\n  " + &still.join("\n  ")
}
