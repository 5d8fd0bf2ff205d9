//! The operators and their tokens.

use crate::credentials::Fingerprint;
use holdfast_runtime::settings::{OperatorRole, OperatorToken};
use http::HeaderValue;

/// The operator who calls.
#[derive(Debug, Clone)]
pub(super) struct Operator {
    /// Recorded with every command.
    pub(super) name: String,
    /// What the operator may do.
    pub(super) role: OperatorRole,
}

/// All operators; of their tokens only the fingerprints are kept.
#[derive(Debug)]
pub(super) struct Operators(Vec<(Fingerprint, Operator)>);

impl Operators {
    pub(super) fn new(tokens: &[OperatorToken]) -> Self {
        let known = |token: &OperatorToken| {
            let operator = Operator {
                name: token.name.clone(),
                role: token.role,
            };
            (Fingerprint::of(token.token.expose().as_bytes()), operator)
        };
        Self(tokens.iter().map(known).collect())
    }

    /// The owner of the token in an `Authorization` header. All tokens are compared, each in constant
    /// time, so that the time says nothing about them.
    pub(super) fn find_by_token(&self, authorization: Option<&HeaderValue>) -> Option<Operator> {
        let sent = Fingerprint::of(bearer_token(authorization).unwrap_or_default().as_bytes());
        let mut admitted = None;
        for (fingerprint, operator) in &self.0 {
            if fingerprint.matches(&sent).into() {
                admitted = Some(operator);
            }
        }
        admitted.cloned()
    }
}

fn bearer_token(authorization: Option<&HeaderValue>) -> Option<&str> {
    let (scheme, token) = authorization?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfast_runtime::settings::Secret;

    #[test]
    fn a_token_opens_to_its_owner_alone() {
        let token = |name: &str, role, token| OperatorToken {
            name: name.to_owned(),
            role,
            token: Secret::new(token),
        };
        let operators = Operators::new(&[
            token("operator", OperatorRole::Admin, "t1"),
            token("ann", OperatorRole::Viewer, "t2"),
        ]);
        let admit = |text: &'static str| {
            operators
                .find_by_token(Some(&HeaderValue::from_static(text)))
                .map(|operator| operator.name)
        };
        assert_eq!(admit("Bearer t2").as_deref(), Some("ann"));
        assert_eq!(admit("bearer t1").as_deref(), Some("operator"));
        for wrong in ["Bearer t3", "Bearer ", "Basic t1", "t1", "Bearer t1x"] {
            assert_eq!(admit(wrong), None, "{wrong}");
        }
        assert!(operators.find_by_token(None).is_none());
    }
}
