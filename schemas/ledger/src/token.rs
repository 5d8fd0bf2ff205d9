//! Names that others give to things: Marqeta's opaque tokens, and ours. Tokens are texts, not UUIDs:
//! Marqeta's sandbox sends "7" (reference section 3).

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A token that cannot be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing, or only white space.
    #[error("is empty")]
    Empty,
    /// More than [`TOKEN_CHARS_MAX`] characters.
    #[error("is longer than {TOKEN_CHARS_MAX} characters")]
    TooLong,
    /// A control character, which no database text or log line should carry.
    #[error("contains a control character")]
    Control,
}

/// Marqeta's tokens have up to 36 characters; references of programs may be longer.
pub const TOKEN_CHARS_MAX: usize = 128;

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a text as it came, without the padding that networks add.
            ///
            /// # Errors
            /// [`TokenError`] when it is empty, too long or holds control characters.
            pub fn parse(text: &str) -> Result<Self, TokenError> {
                check_text(text.trim()).map(|text| Self(text.into()))
            }

            /// A token of our own making: a prefix and 32 hexadecimal digits.
            #[must_use]
            pub fn numbered(prefix: &'static str, number: u128) -> Self {
                Self(format!("{prefix}{number:032x}").into())
            }

            /// The token as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

tokens! {
    /// The owner of a funding account: Marqeta's `user_token` or `business_token`.
    AccountToken;
    /// A card.
    CardToken;
    /// One Marqeta message; it is the key that makes a request respond the same for ever.
    TransactionToken;
    /// One JIT message; the first one of a purchase names the funding group.
    JitToken;
    /// A `gpa_order`: the same over authorization, reversals and clearings of one purchase.
    OrderToken;
    /// The network's own chain of messages (`network_transaction_lifecycle_id`).
    NetworkToken;
    /// A dispute: Marqeta's `chargeback.token`, or what stands for one.
    DisputeToken;
    /// A card product.
    CardProductToken;
    /// A control: a program's own name for a limit, or for a rule of where may be spent.
    ControlToken;
    /// A group of merchant categories or of merchants.
    GroupToken;
    /// Our name for a hold.
    HoldId;
    /// A program's own name for a transfer or adjustment, unique within the account.
    Reference;
}

fn check_text(text: &str) -> Result<&str, TokenError> {
    if text.is_empty() {
        Err(TokenError::Empty)
    } else if text.chars().count() > TOKEN_CHARS_MAX {
        Err(TokenError::TooLong)
    } else if text.chars().any(char::is_control) {
        Err(TokenError::Control)
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_cut_and_nonsense_refused() {
        assert_eq!(TransactionToken::parse(" 7 ").unwrap().as_str(), "7");
        assert_eq!(CardToken::parse("   "), Err(TokenError::Empty));
        assert_eq!(CardToken::parse(&"x".repeat(129)), Err(TokenError::TooLong));
        assert_eq!(CardToken::parse("a\nb"), Err(TokenError::Control));
    }
}
