//! A segment of the path, as it was meant.

use super::error::ApiError;
use holdfast_ledger::token::TokenError;
use std::str::FromStr;

/// A percent-decoded segment. warp hands segments over as they were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment(String);

impl Segment {
    /// Reads it as a token of ours or Marqeta's.
    pub(super) fn token<T>(
        &self,
        parse: impl FnOnce(&str) -> Result<T, TokenError>,
    ) -> Result<T, ApiError> {
        parse(&self.0).map_err(|error| {
            ApiError::bad(
                "invalid_token",
                &format!("the token in the path {error}"),
                Some("token"),
            )
        })
    }

    /// The text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Segment {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            let decoded = match byte {
                b'%' => digit(rest.next()).ok_or(())? << 4 | digit(rest.next()).ok_or(())?,
                plain => plain,
            };
            bytes.push(decoded);
        }
        String::from_utf8(bytes).map(Self).map_err(|_| ())
    }
}

fn digit(byte: Option<u8>) -> Option<u8> {
    let digit = char::from(byte?).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_decoded() {
        let read = |text: &str| text.parse::<Segment>().map(|segment| segment.0);
        assert_eq!(read("plain-7"), Ok("plain-7".to_owned()));
        assert_eq!(read("a%20b%2Fc%C3%A9"), Ok("a b/cé".to_owned()));
        for wrong in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(read(wrong), Err(()), "{wrong}");
        }
    }
}
