//! The parameters of a request, `limit` and `cursor` among them.

use super::error::ApiError;

/// Lines of a page unless said otherwise, and at most.
const LIMIT: u32 = 100;
const LIMIT_MAX: u32 = 1_000;

/// The parameters of a request.
#[derive(Debug, Clone)]
pub(super) struct Query(pub(super) Vec<(String, String)>);

impl Query {
    /// Refuses parameters that this path does not have: a misspelt one must not be silently ignored.
    pub(super) fn check_names(&self, known: &[&str]) -> Result<&Self, ApiError> {
        match self
            .0
            .iter()
            .find(|(name, _)| !known.contains(&name.as_str()))
        {
            None => Ok(self),
            Some((name, _)) => {
                let name: String = name.chars().take(64).collect();
                let message = format!("{name} is no parameter of this path");
                Err(ApiError::bad_request(
                    "unknown_parameter",
                    &message,
                    Some(&name),
                ))
            }
        }
    }

    /// A parameter; an empty one is absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The number of lines asked for.
    pub(super) fn parse_limit(&self) -> Result<u32, ApiError> {
        let Some(text) = self.get("limit") else {
            return Ok(LIMIT);
        };
        let limit = text
            .parse()
            .ok()
            .filter(|limit| (1..=LIMIT_MAX).contains(limit));
        limit.ok_or_else(|| {
            let message = format!("limit must be between 1 and {LIMIT_MAX}");
            ApiError::bad_request("invalid_parameter", &message, Some("limit"))
        })
    }

    /// Where the page begins: the cursor of an earlier page.
    pub(super) fn parse_cursor<T>(
        &self,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        let Some(text) = self.get("cursor") else {
            return Ok(None);
        };
        read(text).map(Some).ok_or_else(|| {
            let message = "the cursor is none that this path has given";
            ApiError::bad_request("invalid_parameter", message, Some("cursor"))
        })
    }
}

/// What a parameter that is a time must be.
pub(super) const TIME: &str = "a date or a time, as in 2026-11-30 or 2026-11-30T08:00:00Z";

/// Reads a parameter if it is there; the error says what it must be.
pub(super) fn parse_parameter<T>(
    query: &Query,
    name: &str,
    must_be: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, ApiError> {
    let Some(text) = query.get(name) else {
        return Ok(None);
    };
    parse(text).map(Some).ok_or_else(|| {
        let message = format!("{name} must be {must_be}");
        ApiError::bad_request("invalid_parameter", &message, Some(name))
    })
}
