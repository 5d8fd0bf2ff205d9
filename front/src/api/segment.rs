//! The segments of a path, decoded.

use super::error::ApiError;
use holdfast_ledger::token::TokenError;

/// Splits a path into its percent-decoded segments; it may end with a slash. A path with an empty segment, or
/// with one that is not UTF-8, leads nowhere.
pub(super) fn split_path(path: &str) -> Result<Vec<String>, ApiError> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let segments: Option<Vec<String>> = path.split('/').map(decode_segment).collect();
    segments.ok_or_else(|| ApiError::not_found("no such resource"))
}

fn decode_segment(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'%' => hex_digit(rest.next())? << 4 | hex_digit(rest.next())?,
            plain => plain,
        };
        bytes.push(decoded);
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.is_empty())
}

fn hex_digit(byte: Option<u8>) -> Option<u8> {
    let digit = char::from(byte?).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// Reads a segment as a token of ours or Marqeta's.
pub(super) fn parse_token<T>(
    segment: &str,
    parse: impl FnOnce(&str) -> Result<T, TokenError>,
) -> Result<T, ApiError> {
    parse(segment).map_err(|error| {
        let message = format!("the token in the path {error}");
        ApiError::bad_request("invalid_token", &message, Some("token"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_decoded() {
        let split = |path: &str| split_path(path).map_err(drop);
        assert_eq!(split("plain-7/"), Ok(vec!["plain-7".to_owned()]));
        let decoded = ["x", "a b/cé"].map(str::to_owned).to_vec();
        assert_eq!(split("x/a%20b%2Fc%C3%A9"), Ok(decoded));
        for wrong in ["", "%", "%4", "%zz", "%ff", "a//b", "/a"] {
            assert_eq!(split(wrong), Err(()), "{wrong}");
        }
    }
}
