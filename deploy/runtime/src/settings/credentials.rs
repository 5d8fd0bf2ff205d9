//! `user:password,…`: accepted credentials, several at once so that passwords can be rotated.

use std::str::FromStr;

use super::Secret;

/// One user and password.
#[derive(Debug, Clone)]
pub struct Credential {
    /// User name; never holds a colon.
    pub user: String,
    /// Password; may hold colons, not commas.
    pub password: Secret,
}

/// All users and passwords that are valid now; at least one.
#[derive(Debug, Clone)]
pub struct Credentials(Vec<Credential>);

/// Why a text is no list of credentials. It never quotes the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsError {
    /// An item has no colon.
    #[error("item {0} must be user:password (several are separated by commas)")]
    NoColon(usize),
    /// An item has an empty user or password.
    #[error("item {0} has an empty user or password")]
    Empty(usize),
}

impl Credentials {
    /// All of them, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &Credential> {
        self.0.iter()
    }

    /// The first one, which our own clients use.
    pub fn first(&self) -> Option<&Credential> {
        self.0.first()
    }
}

impl FromStr for Credentials {
    type Err = CredentialsError;

    fn from_str(text: &str) -> Result<Self, CredentialsError> {
        let items = text.split(',').enumerate();
        items
            .map(|(index, item)| parse_credential(index + 1, item))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

fn parse_credential(number: usize, item: &str) -> Result<Credential, CredentialsError> {
    let (user, password) = item
        .split_once(':')
        .ok_or(CredentialsError::NoColon(number))?;
    let user = user.trim();
    if user.is_empty() || password.is_empty() {
        return Err(CredentialsError::Empty(number));
    }
    Ok(Credential {
        user: user.to_owned(),
        password: Secret::new(password),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let credentials: Credentials = text.parse().unwrap();
        credentials
            .iter()
            .map(|c| (c.user.clone(), c.password.expose().to_owned()))
            .collect()
    }

    #[test]
    fn several_credentials_are_valid_at_once() {
        let expected = [
            ("a".to_owned(), "1".to_owned()),
            ("b".to_owned(), "2".to_owned()),
        ];
        assert_eq!(pairs("a:1,b:2"), expected);
    }

    #[test]
    fn a_password_may_hold_colons() {
        assert_eq!(pairs("a:x:y:z"), [("a".to_owned(), "x:y:z".to_owned())]);
    }

    #[test]
    fn a_wrong_item_is_named_by_its_number_and_not_quoted() {
        let error = "a:1,hunter2".parse::<Credentials>().unwrap_err();
        assert_eq!(error, CredentialsError::NoColon(2));
        assert!(!error.to_string().contains("hunter2"));
        assert_eq!(
            "".parse::<Credentials>().unwrap_err(),
            CredentialsError::NoColon(1)
        );
        assert_eq!(
            "a:".parse::<Credentials>().unwrap_err(),
            CredentialsError::Empty(1)
        );
        assert_eq!(
            ":b".parse::<Credentials>().unwrap_err(),
            CredentialsError::Empty(1)
        );
    }
}
