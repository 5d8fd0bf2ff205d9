//! Colours, where the terminal has them, and numbers as people read them.

use std::time::Duration;

/// Colours text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    is_colored: bool,
}

impl Style {
    /// With colours, or without.
    pub fn new(is_colored: bool) -> Self {
        Self { is_colored }
    }

    /// Bold.
    pub fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Dimmed.
    pub fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    pub(crate) fn success(self, text: &str) -> String {
        self.paint("32", text)
    }

    pub(crate) fn failure(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn warning(self, text: &str) -> String {
        self.paint("33", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        match self.is_colored {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_owned(),
        }
    }
}

/// Groups the digits before the decimal point by three.
pub(crate) fn group_digits(number: impl ToString) -> String {
    let text = number.to_string();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

/// `0.8 ms`, `12 ms`, `1.2 s`.
pub(crate) fn format_latency(time: Duration) -> String {
    let tenths = time.as_micros() / 100;
    match time.as_millis() {
        0..10 => format!("{}.{} ms", tenths / 10, tenths % 10),
        milliseconds @ 10..1000 => format!("{milliseconds} ms"),
        milliseconds => format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        let cases = [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1234567.80", "-1,234,567.80"),
        ];
        for (plain, shown) in cases {
            assert_eq!(group_digits(plain), shown);
        }
    }

    #[test]
    fn latencies_have_a_fitting_unit() {
        let cases = [(840, "0.8 ms"), (12_345, "12 ms"), (1_250_000, "1.2 s")];
        for (micros, shown) in cases {
            assert_eq!(format_latency(Duration::from_micros(micros)), shown);
        }
    }

    #[test]
    fn no_colour_is_plain_text() {
        assert_eq!(Style::new(false).failure("x"), "x");
        assert_eq!(Style::new(true).success("x"), "\x1b[32mx\x1b[0m");
    }
}
