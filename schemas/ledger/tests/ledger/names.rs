//! Names, numbers and times: what the other tests take for granted.

use holdfast_ledger::fact::{DisputeStep, Key, Kind, Rank};
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{CardToken, TOKEN_CHARS_MAX, TokenError};

#[test]
fn keys_are_stored_and_read_again() {
    for kind in ["j", "t", "o", "d", "n"] {
        let key = Key::from_parts(kind, "name").expect(kind);
        assert_eq!((key.kind(), key.value()), (kind, "name"));
        assert_eq!(Key::from_parts(kind, " "), None);
    }
    assert_eq!(Key::from_parts("z", "name"), None);
}

#[test]
fn a_token_has_so_many_characters_and_no_more() {
    assert!(CardToken::parse(&"ü".repeat(TOKEN_CHARS_MAX)).is_ok());
    assert_eq!(
        CardToken::parse(&"x".repeat(TOKEN_CHARS_MAX + 1)),
        Err(TokenError::TooLong)
    );
}

#[test]
fn shards_are_as_many_as_was_said() {
    for count in [1, 16, 1024] {
        assert_eq!(ShardCount::new(count).expect("a count").get(), count);
    }
}

#[test]
fn a_day_has_twenty_four_hours() {
    let noon = Moment(43_200_000);
    assert_eq!(noon.plus_days(2), Moment(216_000_000));
    assert_eq!(noon.minus_days(1), Moment(-43_200_000));
    assert_eq!(Moment(i64::MAX).plus_days(1), Moment(i64::MAX));
    assert_eq!(Moment(i64::MIN).minus_days(1), Moment(i64::MIN));
}

#[test]
fn what_spends_or_gives_is_kept_with_where_it_happened() {
    for kind in [
        Kind::Original,
        Kind::ForceCapture,
        Kind::Increment,
        Kind::Debit,
        Kind::Credit,
    ] {
        assert!(kind.has_card_and_merchant(), "{kind:?}");
    }
    for kind in [Kind::FullReversal, Kind::Release, Kind::Nothing] {
        assert!(!kind.has_card_and_merchant(), "{kind:?}");
    }
}

#[test]
fn the_steps_of_a_dispute_within_one_second_come_in_their_natural_order() {
    let steps = [
        DisputeStep::Opened,
        DisputeStep::ProvisionalCredit,
        DisputeStep::ProvisionalDebit,
        DisputeStep::Represented,
        DisputeStep::Won { credit_user: None },
        DisputeStep::Lost,
        DisputeStep::WrittenOff,
    ];
    let ranks = steps.map(|step| Kind::Dispute(step).rank());
    assert!(ranks.is_sorted());
    assert_eq!(ranks[0], Rank::Dispute(DisputeStep::Opened));
}
