//! Colours, where there are any, and numbers as people read them.

use std::time::Duration;

/// Colours text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::up) struct Ink {
    is_colored: bool,
}

impl Ink {
    pub(in crate::up) fn new(is_colored: bool) -> Self {
        Self { is_colored }
    }

    pub(in crate::up) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(in crate::up) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    pub(in crate::up) fn good(self, text: &str) -> String {
        self.paint("32", text)
    }

    pub(in crate::up) fn bad(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(in crate::up) fn mild(self, text: &str) -> String {
        self.paint("33", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        match self.is_colored {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_owned(),
        }
    }
}

/// A whole number, or the digits before a decimal point, in groups of three.
pub(in crate::up) fn grouped(number: impl ToString) -> String {
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
pub(in crate::up) fn latency(time: Duration) -> String {
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
    fn numbers_are_grouped() {
        let cases = [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1234567.80", "-1,234,567.80"),
        ];
        for (plain, shown) in cases {
            assert_eq!(grouped(plain), shown);
        }
    }

    #[test]
    fn latencies_have_a_fitting_unit() {
        let cases = [(840, "0.8 ms"), (12_345, "12 ms"), (1_250_000, "1.2 s")];
        for (micros, shown) in cases {
            assert_eq!(latency(Duration::from_micros(micros)), shown);
        }
    }

    #[test]
    fn no_colour_is_plain_text() {
        assert_eq!(Ink::new(false).bad("x"), "x");
        assert_eq!(Ink::new(true).good("x"), "\x1b[32mx\x1b[0m");
    }
}
