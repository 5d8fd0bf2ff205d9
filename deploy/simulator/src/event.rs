//! One event of a story, as a line for a screen.

use std::fmt;

/// Something that happened in a story, described for people.
#[derive(Clone, Debug)]
pub struct Event {
    /// Story in which it happened.
    pub story: &'static str,
    /// `Bayview Hotel 120.00 USD approved in 4 ms`.
    pub text: String,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<18} {}", self.story, self.text)
    }
}
