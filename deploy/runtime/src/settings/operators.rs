//! `name:role:token,…`: the operators of the private address, and their roles.

use std::fmt;
use std::str::FromStr;

use super::Secret;

/// What an operator may do. Each role includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OperatorRole {
    /// Reads.
    Viewer,
    /// Commands on holds, cards and dead letters.
    Operator,
    /// Everything.
    Admin,
}

impl OperatorRole {
    /// The word of the setting.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for OperatorRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One operator's token.
#[derive(Debug, Clone)]
pub struct OperatorToken {
    /// Recorded with every command.
    pub name: String,
    /// The role of the token.
    pub role: OperatorRole,
    /// The Bearer token.
    pub token: Secret,
}

/// Further operators, beside the administrator.
#[derive(Debug, Clone)]
pub struct OperatorTokens(Vec<OperatorToken>);

/// Why a text is no list of operators. It never quotes the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OperatorTokensError {
    /// An item has not three parts, or an empty one.
    #[error("item {0} must be name:role:token (several are separated by commas)")]
    Shape(usize),
    /// An item's role is unknown.
    #[error("item {0} has an unknown role, use viewer, operator or admin")]
    Role(usize),
    /// Two items have the same name.
    #[error("item {0} repeats the name of another one")]
    Repeated(usize),
}

impl OperatorTokens {
    /// All of them, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &OperatorToken> {
        self.0.iter()
    }
}

impl FromStr for OperatorTokens {
    type Err = OperatorTokensError;

    fn from_str(text: &str) -> Result<Self, OperatorTokensError> {
        let mut tokens: Vec<OperatorToken> = Vec::new();
        for (index, item) in text.split(',').enumerate() {
            let token = parse_operator_token(index + 1, item.trim())?;
            if tokens.iter().any(|other| other.name == token.name) {
                return Err(OperatorTokensError::Repeated(index + 1));
            }
            tokens.push(token);
        }
        Ok(Self(tokens))
    }
}

fn parse_operator_token(number: usize, item: &str) -> Result<OperatorToken, OperatorTokensError> {
    let shape = OperatorTokensError::Shape(number);
    let mut parts = item.splitn(3, ':');
    let (Some(name), Some(role), Some(token)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(shape);
    };
    if name.is_empty() || token.is_empty() {
        return Err(shape);
    }
    let role = match role {
        "viewer" => OperatorRole::Viewer,
        "operator" => OperatorRole::Operator,
        "admin" => OperatorRole::Admin,
        _ => return Err(OperatorTokensError::Role(number)),
    };
    Ok(OperatorToken {
        name: name.to_owned(),
        role,
        token: Secret::new(token),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_have_a_name_a_role_and_a_token() {
        let tokens: OperatorTokens = "ann:viewer:t1,bob:admin:t:2".parse().unwrap();
        let all: Vec<_> = tokens
            .iter()
            .map(|t| (t.name.as_str(), t.role, t.token.expose()))
            .collect();
        assert_eq!(
            all,
            [
                ("ann", OperatorRole::Viewer, "t1"),
                ("bob", OperatorRole::Admin, "t:2")
            ]
        );
        assert!(
            OperatorRole::Viewer < OperatorRole::Operator
                && OperatorRole::Operator < OperatorRole::Admin
        );
    }

    #[test]
    fn wrong_items_are_named_by_their_number() {
        for (text, error) in [
            ("ann:viewer", OperatorTokensError::Shape(1)),
            ("a:viewer:1,b:viewer:", OperatorTokensError::Shape(2)),
            ("ann:root:t", OperatorTokensError::Role(1)),
            ("a:viewer:1,a:admin:2", OperatorTokensError::Repeated(2)),
        ] {
            assert_eq!(text.parse::<OperatorTokens>().unwrap_err(), error, "{text}");
        }
    }
}
