//! Items of the other families: state changes of cards, users, businesses, disputes.

use holdfast_events::json::{FieldError, Object};
use holdfast_events::{Notice, NoticeOrigin, moment};
use holdfast_funding::processor::TransitionMessage;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_ledger::transition::Subject;

/// Reads one item of a family.
///
/// # Errors
/// [`FieldError`] when it is no object, has a key twice, or no token.
pub fn read_transition(family: &str, raw: &str) -> Result<TransitionMessage, FieldError> {
    let top = Object::parse(raw)?;
    let token = top.text("token")?.ok_or_else(|| top.missing("token"))?;
    let (state, card, account) = (
        read_state(family, &top),
        read_card(&top),
        read_account(family, &top),
    );
    let created = read_created(&top);
    Ok(TransitionMessage {
        notice: Notice {
            transaction: Some(token.clone()),
            state: state.clone(),
            transaction_type: top.lenient_text("type"),
            origin: NoticeOrigin {
                family: family.to_owned(),
                account: account.as_ref().map(ToString::to_string),
                card: card.as_ref().map(ToString::to_string),
                occurred_at: created.map(moment::text),
                ..NoticeOrigin::default()
            },
            ..Notice::default()
        },
        token,
        state,
        subject: subject_of_family(family),
        card,
        account,
        created,
    })
}

/// What the states of a family are of; other families change no state that the books depend on.
fn subject_of_family(family: &str) -> Option<Subject> {
    match family {
        "cardtransitions" => Some(Subject::Card),
        "usertransitions" | "businesstransitions" => Some(Subject::Account),
        _ => None,
    }
}

fn read_card(top: &Object<'_>) -> Option<CardToken> {
    let named = top
        .token("card_token", CardToken::parse)
        .unwrap_or_default();
    named.or_else(|| {
        let card = top.object("card").unwrap_or_default()?;
        card.token("token", CardToken::parse).unwrap_or_default()
    })
}

fn read_account(family: &str, top: &Object<'_>) -> Option<AccountToken> {
    let named = |name| top.token(name, AccountToken::parse).unwrap_or_default();
    let [first, second] = match family {
        "businesstransitions" => ["business_token", "user_token"],
        _ => ["user_token", "business_token"],
    };
    named(first).or_else(|| named(second))
}

fn read_state(family: &str, top: &Object<'_>) -> Option<String> {
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
fn read_created(top: &Object<'_>) -> Option<Moment> {
    let time = |name| top.moment(name).unwrap_or_default();
    time("created_time").or_else(|| time("created_timestamp"))
}
