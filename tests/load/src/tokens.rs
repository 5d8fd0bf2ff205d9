//! Tokens as Marqeta makes them, of the shape of UUIDs: unique, the same in every run, and spread over
//! the whole of an index, as real ones are.

/// Characters of a token.
pub(crate) const LENGTH: usize = 36;

/// One loop's tokens: a number and a letter name each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Series(pub(crate) u64);

impl Series {
    /// The bits of the token that this letter and number name.
    pub(crate) fn bits(self, letter: u8, number: u64) -> u128 {
        let seed = mix(self.0 ^ (u64::from(letter) << 56));
        let high = mix(seed ^ number);
        // `mix` is a bijection: two numbers of one series and letter never meet in the upper half.
        (u128::from(high) << 64) | u128::from(mix(high ^ self.0))
    }

    /// Writes the token over these bytes, of which there are [`LENGTH`].
    pub(crate) fn write(self, letter: u8, number: u64, over: &mut [u8]) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let bits = self.bits(letter, number);
        let mut nibble = 32;
        for (place, byte) in over.iter_mut().enumerate() {
            if matches!(place, 8 | 13 | 18 | 23) {
                *byte = b'-';
            } else {
                nibble -= 1;
                *byte = DIGITS[usize::try_from((bits >> (nibble * 4)) & 15).unwrap_or(0)];
            }
        }
    }

    /// The token as a text.
    #[cfg(test)]
    pub(crate) fn text(self, letter: u8, number: u64) -> String {
        let mut bytes = [0; LENGTH];
        self.write(letter, number, &mut bytes);
        bytes.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// The bits of a token's text; `None` when it is no such text.
pub(crate) fn parse(text: &str) -> Option<u128> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    u128::from_str_radix(&digits, 16).ok()
}

/// The finalizer of splitmix64.
fn mix(bits: u64) -> u64 {
    let bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, Series, parse};
    use std::collections::BTreeSet;

    #[test]
    fn tokens_differ_by_series_letter_and_number_and_are_read_back() {
        let mut seen = BTreeSet::new();
        for series in 0..4 {
            for letter in [b't', b'j', b'o'] {
                for number in 0..500 {
                    let text = Series(series).text(letter, number);
                    assert_eq!(text.len(), LENGTH);
                    assert_eq!(parse(&text), Some(Series(series).bits(letter, number)));
                    assert!(seen.insert(text));
                }
            }
        }
        assert_eq!(Series(3).text(b't', 7), Series(3).text(b't', 7));
    }
}
