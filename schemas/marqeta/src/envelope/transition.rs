//! Items of the other families: state changes of cards, users, businesses, disputes.

use crate::notification::Raw;
use holdfast_events::json::FieldError;
use holdfast_events::json::Object;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};

/// One state change. Only the token is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The family, such as `cardtransitions`.
    pub family: String,
    /// The change's own token.
    pub token: String,
    /// The state that is reached, such as `SUSPENDED`; upper case. Users and businesses call it `status`.
    pub state: Option<String>,
    /// Type of the change, such as `state.suspended`.
    pub transition_type: Option<String>,
    /// The card, where it is about one.
    pub card: Option<CardToken>,
    /// The user, else the business, where it is about one; of a business transition the business.
    pub account: Option<AccountToken>,
    /// When it was created.
    pub created: Option<Moment>,
    /// The item as it was sent.
    pub raw: Raw,
}

impl Transition {
    /// Reads one item of a family.
    ///
    /// # Errors
    /// [`FieldError`] when it is no object, has a key twice, or no token.
    pub fn parse(family: &str, raw: &str) -> Result<Self, FieldError> {
        let top = Object::parse(raw)?;
        Ok(Self {
            family: family.to_owned(),
            token: top.text("token")?.ok_or_else(|| top.missing("token"))?,
            state: state(family, &top),
            transition_type: top.lenient_text("type"),
            card: card(&top),
            account: account(family, &top),
            created: created(&top),
            raw: Raw(raw.into()),
        })
    }
}

fn card(top: &Object<'_>) -> Option<CardToken> {
    let named = top
        .token("card_token", CardToken::parse)
        .unwrap_or_default();
    named.or_else(|| {
        let card = top.object("card").unwrap_or_default()?;
        card.token("token", CardToken::parse).unwrap_or_default()
    })
}

fn account(family: &str, top: &Object<'_>) -> Option<AccountToken> {
    let named = |name| top.token(name, AccountToken::parse).unwrap_or_default();
    let [first, second] = match family {
        "businesstransitions" => ["business_token", "user_token"],
        _ => ["user_token", "business_token"],
    };
    named(first).or_else(|| named(second))
}

fn state(family: &str, top: &Object<'_>) -> Option<String> {
    let [first, second] = match family {
        "usertransitions" | "businesstransitions" => ["status", "state"],
        _ => ["state", "status"],
    };
    let text = top.lenient_text(first).or_else(|| top.lenient_text(second));
    let state = text?.trim().to_ascii_uppercase();
    (!state.is_empty()).then_some(state)
}

/// The time to the second, which all have, before the one to the millisecond, which some have: times of
/// two precisions could not be compared.
fn created(top: &Object<'_>) -> Option<Moment> {
    let time = |name| top.moment(name).unwrap_or_default();
    time("created_time").or_else(|| time("created_timestamp"))
}
