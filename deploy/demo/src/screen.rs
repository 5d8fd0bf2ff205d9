//! The output of a run: on a terminal a table that is redrawn in place, elsewhere a line every two seconds.

mod line;
mod style;
mod table;

pub use style::Style;
pub(crate) use style::{format_latency, group_digits};

use crate::figures::Figures;
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
pub struct Screen {
    style: Style,
    /// A terminal on which a table can be redrawn in place.
    is_live: bool,
    /// Lines of the table on the terminal.
    drawn: usize,
}

impl Screen {
    /// Opens standard output. `quiet_logs`: no log is written to the terminal.
    pub fn open(quiet_logs: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let term = std::env::var_os("TERM").unwrap_or_default();
        let is_capable = terminal && term != "dumb" && !term.is_empty();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            style: Style::new(is_capable && !no_color),
            is_live: is_capable && quiet_logs,
            drawn: 0,
        }
    }

    /// How text is coloured.
    pub fn style(&self) -> Style {
        self.style
    }

    /// How often figures are shown.
    pub(crate) fn refresh_interval(&self) -> Duration {
        Duration::from_millis(if self.is_live { 500 } else { 2_000 })
    }

    /// Shows the figures, in the place of the last ones.
    pub(crate) fn show_figures(&mut self, figures: &Figures) {
        if !self.is_live {
            return write_out(&format!("{}\n", line::format_line(figures)));
        }
        let lines = table::render_table(figures, self.style);
        let mut text = format!("{HIDE_CURSOR}{CUT_LINES}{}", self.return_to_table());
        for line in &lines {
            text.push_str(line);
            text.push_str(CLEAR_LINE);
            text.push('\n');
        }
        text.push_str(CLEAR_BELOW);
        text.push_str(WRAP_LINES);
        self.drawn = lines.len();
        write_out(&text);
    }

    /// Writes below the table, which stays as it is.
    pub fn print(&mut self, text: &str) {
        if std::mem::take(&mut self.drawn) > 0 {
            write_out(SHOW_CURSOR);
        }
        write_out(&format!("{text}\n"));
    }

    /// Moves to the beginning of the drawn table, over a `^C` that the terminal may have echoed.
    fn return_to_table(&self) -> String {
        match self.drawn {
            0 => String::new(),
            lines => format!("\r\x1b[{lines}A"),
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.drawn > 0 {
            write_out(SHOW_CURSOR);
        }
    }
}

/// A closed pipe does not stop the run.
fn write_out(text: &str) {
    let mut out = std::io::stdout().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}
