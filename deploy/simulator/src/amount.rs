//! Amounts on Marqeta's wire: JSON numbers as a JVM prints them, digit by digit, never through a
//! binary float.

use rust_decimal::Decimal;

/// From here on a JVM switches to an exponent: `1.0E7`.
const PLAIN_BELOW: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);
/// Below this too: `1.0E-4`.
const PLAIN_FROM: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

/// The text of an amount as a JVM writes it: at least one decimal, no padding (`42.1`, `500.0`),
/// and an exponent from ten million on (`1.25E7`), as `Double.toString` has it.
pub(crate) fn jvm_number(amount: Decimal) -> String {
    let amount = amount.normalize();
    let size = amount.abs();
    if amount.is_zero() {
        return "0.0".to_owned();
    }
    if size >= PLAIN_BELOW || size < PLAIN_FROM {
        format_scientific(amount)
    } else {
        format_plain(amount)
    }
}

fn format_plain(amount: Decimal) -> String {
    let mut text = amount.to_string();
    if !text.contains('.') {
        text.push_str(".0");
    }
    text
}

fn format_scientific(amount: Decimal) -> String {
    let digits = amount.mantissa().unsigned_abs().to_string();
    let exponent = digits.len() as i64 - 1 - i64::from(amount.scale());
    let (head, tail) = digits.split_at(1);
    let tail = tail.trim_end_matches('0');
    let sign = if amount.is_sign_negative() { "-" } else { "" };
    format!(
        "{sign}{head}.{}E{exponent}",
        if tail.is_empty() { "0" } else { tail }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_a_jvm_prints_them() {
        let cases = [
            ("42.10", "42.1"),
            ("500", "500.0"),
            ("500.00", "500.0"),
            ("1.234", "1.234"),
            ("0.00", "0.0"),
            ("0.05", "0.05"),
            ("0.001", "0.001"),
            ("0.0001", "1.0E-4"),
            ("-42.10", "-42.1"),
            ("1224077.63", "1224077.63"),
            ("9999999.99", "9999999.99"),
            ("10000000", "1.0E7"),
            ("12345678.90", "1.23456789E7"),
            ("-25000000", "-2.5E7"),
        ];
        for (amount, text) in cases {
            assert_eq!(jvm_number(amount.parse().unwrap()), text, "{amount}");
        }
    }
}
