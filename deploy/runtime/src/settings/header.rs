//! `Name:value`: a header that a request must carry.

use std::str::FromStr;

use http::HeaderName;

use super::Secret;

/// A header's name and the value it must have.
#[derive(Debug, Clone)]
pub struct Header {
    /// Name, compared without regard to case.
    pub name: HeaderName,
    /// Value, compared as it is; a shared secret.
    pub value: Secret,
}

/// Why a text is no header. It never quotes the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// No colon, or nothing behind it.
    #[error("it must be Name:value")]
    Shape,
    /// The part before the colon cannot be a header's name.
    #[error("the part before the colon is no header name")]
    Name,
}

impl FromStr for Header {
    type Err = HeaderError;

    fn from_str(text: &str) -> Result<Self, HeaderError> {
        let (name, value) = text.split_once(':').ok_or(HeaderError::Shape)?;
        let value = value.trim();
        if value.is_empty() {
            return Err(HeaderError::Shape);
        }
        let name = name.trim().parse().map_err(|_| HeaderError::Name)?;
        Ok(Self {
            name,
            value: Secret::new(value),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_a_name_and_a_value() {
        let header: Header = "X-Gateway: a:b".parse().unwrap();
        assert_eq!(
            (header.name.as_str(), header.value.expose()),
            ("x-gateway", "a:b")
        );
    }

    #[test]
    fn what_is_no_header_is_refused() {
        assert_eq!(
            "X-Gateway".parse::<Header>().unwrap_err(),
            HeaderError::Shape
        );
        assert_eq!(
            "X-Gateway:".parse::<Header>().unwrap_err(),
            HeaderError::Shape
        );
        assert_eq!(
            "X Gateway:1".parse::<Header>().unwrap_err(),
            HeaderError::Name
        );
    }
}
