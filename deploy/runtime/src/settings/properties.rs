//! `key=value,…`: client properties, separated by commas or, as in a file, by lines.

use std::fmt;
use std::iter::Peekable;
use std::str::{Chars, FromStr};

/// Client properties, in the order given. Values may be passwords: never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Properties(Vec<(String, String)>);

/// Why a text is no list of properties. It never quotes a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PropertiesError {
    /// An item has no key or no `=`.
    #[error("item {0} must be key=value (several are separated by commas)")]
    Form(usize),
    /// A quote is not closed, or something follows it.
    #[error("item {0} must end with its closing quote (write a quote inside as \\\")")]
    Quote(usize),
    /// A property is given more than once.
    #[error("property {0} is given twice: remove one of them")]
    Twice(String),
}

impl Properties {
    /// Keys and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

impl FromStr for Properties {
    type Err = PropertiesError;

    fn from_str(text: &str) -> Result<Self, PropertiesError> {
        let mut found: Vec<(String, String)> = Vec::new();
        let (mut rest, mut number) = (text.chars().peekable(), 0);
        while rest.peek().is_some() {
            number += 1;
            let Some((key, value)) = read_item(&mut rest, number, text)? else {
                continue;
            };
            if found.iter().any(|(earlier, _)| *earlier == key) {
                return Err(PropertiesError::Twice(key));
            }
            found.push((key, value));
        }
        Ok(Self(found))
    }
}

/// Reads one item and the separator after it; `None` for an empty line.
fn read_item(
    rest: &mut Peekable<Chars<'_>>,
    number: usize,
    text: &str,
) -> Result<Option<(String, String)>, PropertiesError> {
    let is_separator = |c: &char| matches!(c, ',' | '\n');
    let mut key = String::new();
    while let Some(c) = rest.next_if(|c| *c != '=' && !is_separator(c)) {
        key.push(c);
    }
    let key = key.trim().to_owned();
    match rest.next() {
        Some('=') if !key.is_empty() => {}
        Some('\n') | None if key.is_empty() && (text.trim().is_empty() || text.contains('\n')) => {
            return Ok(None);
        }
        _ => return Err(PropertiesError::Form(number)),
    }
    while rest.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
    if rest.next_if_eq(&'"').is_some() {
        let value = read_quoted(rest).ok_or(PropertiesError::Quote(number))?;
        return Ok(Some((key, value)));
    }
    let mut value = String::new();
    while let Some(c) = rest.next_if(|c| !is_separator(c)) {
        value.push(c);
    }
    rest.next();
    Ok(Some((key, value.trim().to_owned())))
}

/// Reads up to the closing quote and the separator after it; a backslash takes the next character as it is.
fn read_quoted(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut value = String::new();
    loop {
        match rest.next()? {
            '"' => break,
            '\\' => value.push(rest.next()?),
            c => value.push(c),
        }
    }
    while rest.next_if(|c| matches!(c, ' ' | '\t' | '\r')).is_some() {}
    matches!(rest.next(), None | Some(',' | '\n')).then_some(value)
}

impl fmt::Debug for Properties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.0.iter().map(|(key, _)| key))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(String, String)>, PropertiesError> {
        text.parse().map(|properties: Properties| properties.0)
    }

    #[track_caller]
    fn assert_pairs(text: &str, expected: &[(&str, &str)]) {
        let expected = expected
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        assert_eq!(read(text), Ok(expected.collect()), "{text:?}");
    }

    #[test]
    fn properties_are_pairs_and_their_values_stay_hidden() {
        let text = "sasl.password=a=b, client.id=x";
        assert_pairs(text, &[("sasl.password", "a=b"), ("client.id", "x")]);
        let properties: Properties = text.parse().unwrap();
        assert_eq!(
            format!("{properties:?}"),
            r#"{"sasl.password", "client.id"}"#
        );
        assert_pairs("", &[]);
        assert_pairs(" ", &[]);
    }

    #[test]
    fn a_quoted_value_may_hold_commas_quotes_and_spaces() {
        assert_pairs(
            r#"a=" x,\"y\\ ", b = z ,c="""#,
            &[("a", " x,\"y\\ "), ("b", "z"), ("c", "")],
        );
    }

    #[test]
    fn a_file_may_have_a_property_a_line() {
        assert_pairs(
            "a=1\n\nb=\"2,3\"\r\nc=4\n",
            &[("a", "1"), ("b", "2,3"), ("c", "4")],
        );
    }

    #[test]
    fn an_item_without_a_key_or_a_closing_quote_is_refused_and_so_is_a_second_value() {
        for (text, error) in [
            ("a=1,b", PropertiesError::Form(2)),
            ("=1", PropertiesError::Form(1)),
            ("a=1,,b=2", PropertiesError::Form(2)),
            ("a=1,b=\"2", PropertiesError::Quote(2)),
            ("a=\"1\"2,b=2", PropertiesError::Quote(1)),
            ("a=1,b=2,a=3", PropertiesError::Twice("a".to_owned())),
        ] {
            assert_eq!(read(text), Err(error), "{text}");
        }
    }
}
