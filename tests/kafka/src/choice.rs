//! Which broker the tests run on, by `HOLDFAST_TEST_KAFKA`.

use std::io::Write;

/// Whether the tests run on Apache Kafka; they run on the embedded broker otherwise.
///
/// # Panics
/// When `HOLDFAST_TEST_KAFKA` names another broker.
#[expect(clippy::panic, reason = "a misspelt broker must fail the tests")]
pub fn tests_use_apache() -> bool {
    match std::env::var("HOLDFAST_TEST_KAFKA").as_deref() {
        Ok("apache") => true,
        Err(_) | Ok("" | "embedded") => false,
        Ok(other) => panic!("HOLDFAST_TEST_KAFKA must be apache or embedded, not {other}"),
    }
}

/// Whether a test that needs Apache Kafka must be skipped; then it says so.
///
/// # Panics
/// As [`tests_use_apache`].
pub fn skip_without_apache(test: &str) -> bool {
    let skipped = !tests_use_apache();
    if skipped {
        // Not `eprintln!`: the test harness hides what a passing test prints with it.
        let line = format!("skipped: {test} needs HOLDFAST_TEST_KAFKA=apache\n");
        drop(std::io::stderr().write_all(line.as_bytes()));
    }
    skipped
}
