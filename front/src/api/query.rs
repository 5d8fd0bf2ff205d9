//! The parameters of a request, `limit` and `cursor` among them.

use super::error::ApiError;
use holdfast_events::moment;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{TOKEN_CHARS_MAX, TokenError};

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

    /// A parameter if it is there; the error says what it must be.
    pub(super) fn parse_parameter<T>(
        &self,
        name: &str,
        must_be: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        let Some(text) = self.get(name) else {
            return Ok(None);
        };
        parse(text).map(Some).ok_or_else(|| {
            let message = format!("{name} must be {must_be}");
            ApiError::bad_request("invalid_parameter", &message, Some(name))
        })
    }

    /// A token of ours or Marqeta's.
    pub(super) fn parse_token<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, TokenError>,
    ) -> Result<Option<T>, ApiError> {
        let must_be = format!("a token of at most {TOKEN_CHARS_MAX} characters");
        self.parse_parameter(name, &must_be, |text| parse(text).ok())
    }

    /// A time, or a date, which is its midnight in UTC.
    pub(super) fn parse_time(&self, name: &str) -> Result<Option<Moment>, ApiError> {
        let must_be = "a date or a time, as in 2026-11-30 or 2026-11-30T08:00:00Z";
        self.parse_parameter(name, must_be, moment::parse_time_or_date)
    }

    /// One of a few words.
    pub(super) fn parse_word<T: Copy>(
        &self,
        name: &str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, ApiError> {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.parse_parameter(name, &format!("one of {}", known.join(", ")), |text| {
            let word = words.iter().find(|(word, _)| *word == text);
            word.map(|(_, value)| *value)
        })
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
