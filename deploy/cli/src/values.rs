//! Parsers of arguments.

use holdfast_events::moment;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::money::Currency;
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::time::Moment;
use holdfast_store::card::CardState;

pub(super) fn parse_currency(text: &str) -> Result<Currency, &'static str> {
    let known = Currency::parse(&text.to_ascii_uppercase());
    known.ok_or("it must be a currency of ISO 4217 that an account can be held in, such as USD")
}

pub(super) fn parse_alert_kind(text: &str) -> Result<AlertKind, &'static str> {
    AlertKind::parse(text).ok_or("it must be one of those that `holdfast alerts kinds` lists")
}

pub(super) fn parse_time_or_date(text: &str) -> Result<Moment, &'static str> {
    let read = moment::parse_time_or_date(text);
    read.ok_or("it must be a date or a time, as in 2026-11-30 or 2026-11-30T08:00:00Z")
}

pub(super) fn parse_shards(text: &str) -> Result<ShardCount, &'static str> {
    let count = text.parse().ok().and_then(ShardCount::new);
    count.ok_or("it must be a whole number from 1 to 1024")
}

pub(super) fn parse_card_state(text: &str) -> Result<CardState, &'static str> {
    let states = [CardState::Active, CardState::Suspended, CardState::Closed];
    let found = states.into_iter().find(|state| state.as_str() == text);
    found.ok_or("it must be active, suspended or closed")
}
