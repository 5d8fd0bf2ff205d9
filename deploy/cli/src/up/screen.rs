//! What a person sees: on a terminal a table that is drawn anew in place, elsewhere a line now and then.

mod header;
mod ink;
mod line;
mod table;

pub(super) use header::header;
pub(super) use ink::{Ink, grouped, latency};

use super::figures::Figures;
use std::io::{IsTerminal, Write};
use std::time::Duration;

const HIDE_CURSOR: &str = "\x1b[?25l";
const SHOW_CURSOR: &str = "\x1b[?25h";
/// Long lines are cut instead of wrapped, so that the number of lines is known.
const CUT_LINES: &str = "\x1b[?7l";
const WRAP_LINES: &str = "\x1b[?7h";
const CLEAR_LINE: &str = "\x1b[K";
const CLEAR_BELOW: &str = "\x1b[J";

/// Standard output, drawn on or written to.
#[derive(Debug)]
pub(super) struct Screen {
    ink: Ink,
    /// A terminal on which a table can stand still.
    is_live: bool,
    /// Lines of the table that stand on the terminal now.
    drawn: usize,
}

impl Screen {
    /// `quiet_logs`: nothing else writes to the terminal.
    pub(super) fn open(quiet_logs: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let term = std::env::var_os("TERM").unwrap_or_default();
        let is_capable = terminal && term != "dumb" && !term.is_empty();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            ink: Ink::new(is_capable && !no_color),
            is_live: is_capable && quiet_logs,
            drawn: 0,
        }
    }

    pub(super) fn ink(&self) -> Ink {
        self.ink
    }

    /// How often figures are worth showing.
    pub(super) fn pace(&self) -> Duration {
        Duration::from_millis(if self.is_live { 500 } else { 2_000 })
    }

    /// Shows the figures, in the place of the last ones.
    pub(super) fn show(&mut self, figures: &Figures) {
        if !self.is_live {
            return write(&format!("{}\n", line::line(figures)));
        }
        let lines = table::table(figures, self.ink);
        let mut text = format!("{HIDE_CURSOR}{CUT_LINES}{}", self.back());
        for line in &lines {
            text.push_str(line);
            text.push_str(CLEAR_LINE);
            text.push('\n');
        }
        text.push_str(CLEAR_BELOW);
        text.push_str(WRAP_LINES);
        self.drawn = lines.len();
        write(&text);
    }

    /// Writes below the table, which stays as it is.
    pub(super) fn say(&mut self, text: &str) {
        if std::mem::take(&mut self.drawn) > 0 {
            write(SHOW_CURSOR);
        }
        write(&format!("{text}\n"));
    }

    /// To the beginning of the table that stands there, over a `^C` that the terminal may have echoed.
    fn back(&self) -> String {
        match self.drawn {
            0 => String::new(),
            lines => format!("\r\x1b[{lines}A"),
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.drawn > 0 {
            write(SHOW_CURSOR);
        }
    }
}

/// A reader that has gone away is no reason to stop.
fn write(text: &str) {
    let mut out = std::io::stdout().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}
