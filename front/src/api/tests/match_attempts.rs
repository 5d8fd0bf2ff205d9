//! An attempt that committed, and whose response was lost: the next one finds it done, and does nothing.

use super::fixture::{ApiFixture, NOW};
use holdfast_funding::command::CommandError;
use holdfast_funding::command::{Actor, MatchCommand, Rejection, match_once, unmatch_once};
use holdfast_ledger::token::{AccountToken, HoldId};

#[tokio::test]
async fn what_an_attempt_without_an_answer_did_is_not_done_again() {
    let fixture = ApiFixture::open().await;
    fixture.account("att-1", "100.00").await;
    let purchase = fixture.purchase("att-1", "att-1-t1", "60.00").await;
    let capture = fixture.capture("att-1", "att-1-f1", "55.00").await;
    let [purchase, capture] = [purchase, capture].map(|id| HoldId::parse(&id).unwrap());
    let account = AccountToken::parse("att-1").unwrap();
    let actor = Actor::new("olga", "operator");
    let act = || MatchCommand::new(&actor, "the receipt says so", NOW);

    let matching = act();
    for _ in 0..2 {
        let done = match_once(&fixture.store, &matching, &account, (&purchase, &capture)).await;
        assert_eq!(done.unwrap().purchase.first_match().unwrap().with, &capture);
    }
    let other = match_once(&fixture.store, &act(), &account, (&purchase, &capture)).await;
    assert!(matches!(
        other,
        Err(CommandError::Rejected(Rejection::AlreadyMatched))
    ));

    let unmatching = act();
    for is_first in [true, false, false] {
        let either = (&capture, is_first);
        let done = unmatch_once(&fixture.store, &unmatching, &account, either).await;
        let purchase = done.unwrap().purchase;
        assert!(purchase.first_match().is_none() && purchase.standing.is_open());
    }
    let other = unmatch_once(&fixture.store, &act(), &account, (&capture, false)).await;
    assert!(matches!(
        other,
        Err(CommandError::Rejected(Rejection::NotMatched))
    ));
    // Another operator matched it meanwhile: that match stands.
    let again = match_once(&fixture.store, &act(), &account, (&purchase, &capture)).await;
    assert!(again.unwrap().purchase.first_match().is_some());
    let done = unmatch_once(&fixture.store, &unmatching, &account, (&purchase, false)).await;
    assert!(done.unwrap().purchase.first_match().is_some());
    let story = fixture.get("/api/v1/transactions/att-1-t1").await.json;
    assert_eq!(story["events"].as_array().unwrap().len(), 1 + 3);
}
