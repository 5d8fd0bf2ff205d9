//! One level of a JSON object, its fields by name.

use super::FieldError;
use super::level::{Pairs, items, pairs};
use super::{is_null, scalar};
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::TokenError;
use serde_json::value::RawValue;
use std::fmt;

/// One object, in which no key is there twice. Null is the same as absent.
#[derive(Clone)]
pub struct Object<'a> {
    path: String,
    /// Sorted by name.
    fields: Pairs<'a>,
}

impl<'a> Object<'a> {
    /// Reads the whole body.
    ///
    /// # Errors
    /// [`FieldError::NotJson`], [`FieldError::NotAnObject`], [`FieldError::Repeated`].
    pub fn parse(text: &'a str) -> Result<Self, FieldError> {
        Self::new(String::new(), pairs(text)?)
    }

    fn new(path: String, mut fields: Pairs<'a>) -> Result<Self, FieldError> {
        fields.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let object = Self { path, fields };
        match object.fields.windows(2).find(|two| two[0].0 == two[1].0) {
            Some(two) => Err(FieldError::Repeated {
                path: object.path_of(&two[0].0),
            }),
            None => Ok(object),
        }
    }

    /// The dotted path of a field, for messages. Names of others are shortened.
    #[must_use]
    pub fn path_of(&self, name: &str) -> String {
        let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
        if self.path.is_empty() {
            name
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The field as it was sent; `None` when absent or null.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&'a RawValue> {
        let at = self
            .fields
            .binary_search_by(|(key, _)| key.as_ref().cmp(name))
            .ok()?;
        self.fields
            .get(at)
            .map(|(_, raw)| *raw)
            .filter(|raw| !is_null(raw))
    }

    /// The object one level deeper.
    ///
    /// # Errors
    /// [`FieldError::NotAnObject`], [`FieldError::Repeated`].
    pub fn object(&self, name: &str) -> Result<Option<Self>, FieldError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        let path = self.path_of(name);
        match pairs(raw.get()) {
            Ok(fields) => Self::new(path, fields).map(Some),
            Err(_) => Err(FieldError::NotAnObject { path }),
        }
    }

    /// The object one level deeper, where it only informs: anything that is no object is absent. A key twice in it
    /// is refused, as in every object that is read.
    ///
    /// # Errors
    /// [`FieldError::Repeated`].
    pub fn informative_object(&self, name: &str) -> Result<Option<Self>, FieldError> {
        match self.object(name) {
            Err(FieldError::NotAnObject { .. }) => Ok(None),
            read => read,
        }
    }

    /// The names of all its fields, sorted; nulls among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_ref())
    }

    /// A text, without the padding that networks add; empty is absent.
    ///
    /// # Errors
    /// [`FieldError::NotText`], [`FieldError::Unprintable`].
    pub fn text(&self, name: &str) -> Result<Option<String>, FieldError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        scalar::text(raw, || self.path_of(name))
    }

    /// A text that nothing depends on: also a number, and absent when it cannot be read.
    #[must_use]
    pub fn lenient_text(&self, name: &str) -> Option<String> {
        self.raw(name).and_then(scalar::lenient_text)
    }

    /// A text, or a number that stands for one, such as a merchant category code; empty is absent.
    ///
    /// # Errors
    /// As [`Object::text`].
    pub fn code(&self, name: &str) -> Result<Option<String>, FieldError> {
        let is_number = |raw: &RawValue| raw.get().starts_with(|c: char| c.is_ascii_digit());
        if self.raw(name).is_some_and(is_number) {
            Ok(self.lenient_text(name))
        } else {
            self.text(name)
        }
    }

    /// A token. Marqeta's are texts, also where they look like numbers.
    ///
    /// # Errors
    /// [`FieldError::NotText`], [`FieldError::Token`].
    pub fn token<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, TokenError>,
    ) -> Result<Option<T>, FieldError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        scalar::token(raw, || self.path_of(name), parse)
    }

    /// An amount: a number or a text, within the decimals of the currency where that is known.
    ///
    /// # Errors
    /// [`FieldError::Amount`].
    pub fn amount(
        &self,
        name: &str,
        currency: Option<Currency>,
    ) -> Result<Option<Amount>, FieldError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        let amount = scalar::amount(raw, currency);
        amount.map(Some).map_err(|source| FieldError::Amount {
            path: self.path_of(name),
            source,
        })
    }

    /// A signed sum, such as `impacted_amount`.
    ///
    /// # Errors
    /// [`FieldError::Amount`].
    pub fn signed(&self, name: &str) -> Result<Option<Signed>, FieldError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        let sum = scalar::signed(raw);
        sum.map(Some).map_err(|source| FieldError::Amount {
            path: self.path_of(name),
            source,
        })
    }

    /// Yes or no; the old message model writes `"true"`, `"0"`, `"1"` (reference section 3).
    ///
    /// # Errors
    /// [`FieldError::NotAFlag`].
    pub fn flag(&self, name: &str) -> Result<Option<bool>, FieldError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        let flag = scalar::flag(raw);
        flag.map(Some).ok_or_else(|| FieldError::NotAFlag {
            path: self.path_of(name),
        })
    }

    /// A point in time.
    ///
    /// # Errors
    /// [`FieldError::NotATime`].
    pub fn moment(&self, name: &str) -> Result<Option<Moment>, FieldError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        let moment = scalar::moment(raw);
        moment.map(Some).ok_or_else(|| FieldError::NotATime {
            path: self.path_of(name),
        })
    }

    /// A list of texts, or of numbers that stand for them; no element is empty.
    ///
    /// # Errors
    /// [`FieldError::Refused`], naming the element.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<String>>, FieldError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        let elements = items(raw).ok_or_else(|| self.refused(name, "must be a list"))?;
        let text = |(at, raw): (usize, &RawValue)| {
            let named = Some(raw).filter(|raw| !is_null(raw));
            named
                .and_then(scalar::lenient_text)
                .ok_or_else(|| self.refused(&format!("{name}[{at}]"), "must be a text"))
        };
        let texts: Result<Vec<String>, FieldError> =
            elements.into_iter().enumerate().map(text).collect();
        texts.map(Some)
    }

    /// The objects of a list, or the one object that stands in its place, where they only inform: what is no object
    /// is left out.
    #[must_use]
    pub fn objects(&self, name: &str) -> Vec<Self> {
        let Some(raw) = self.raw(name) else {
            return Vec::new();
        };
        let elements = items(raw).unwrap_or_else(|| vec![raw]);
        let path = self.path_of(name);
        let object = |raw: &'a RawValue| {
            let fields = pairs(raw.get()).ok()?;
            Self::new(path.clone(), fields).ok()
        };
        elements.into_iter().filter_map(object).collect()
    }

    /// The error that says what the field must be: `must be one of DAY, WEEK`.
    #[must_use]
    pub fn refused(&self, name: &str, rule: impl Into<String>) -> FieldError {
        FieldError::Refused {
            path: self.path_of(name),
            rule: rule.into(),
        }
    }

    /// The error that says that a field is none of the known ones.
    #[must_use]
    pub fn unknown(&self, name: &str, known: &[&str]) -> FieldError {
        const CHARS_COMPARED: usize = 64;
        let path = self.path_of(name);
        let name: String = name.chars().take(CHARS_COMPARED).collect();
        let likeness = |known: &&str| strsim::jaro_winkler(&name, known);
        let nearest = known
            .iter()
            .max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        FieldError::UnknownField {
            path,
            known: known.join(", "),
            nearest: nearest.map(|name| (*name).to_owned()).unwrap_or_default(),
        }
    }

    /// The error that says that a field is not there.
    #[must_use]
    pub fn missing(&self, name: &str) -> FieldError {
        FieldError::Missing {
            path: self.path_of(name),
        }
    }
}

impl fmt::Debug for Object<'_> {
    /// Names only: the values may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object")
            .field("path", &self.path)
            .field("fields", &self.fields.len())
            .finish()
    }
}
