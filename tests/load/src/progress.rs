//! What is happening, on standard error: a benchmark runs for a long time.

use std::sync::LazyLock;
use std::time::Instant;

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Says it, with the time since the beginning.
pub(crate) fn say(what: impl AsRef<str>) {
    let seconds = BEGAN.elapsed().as_secs();
    eprintln!("{:>3}:{:02} {}", seconds / 60, seconds % 60, what.as_ref());
}
