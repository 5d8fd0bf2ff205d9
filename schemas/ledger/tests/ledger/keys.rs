//! Which hold, as routes: which keys are tried, and what merging leaves behind.

use crate::books::{Arrival, Books, START};
use crate::table::{arrivals, in_order};
use holdfast_ledger::book::{Account, Route};
use holdfast_ledger::fact::{Key, Message, Role};
use holdfast_ledger::fold::Standing;
use holdfast_ledger::policy::Policy;
use holdfast_ledger::token::HoldId;

fn message(row: &str) -> Message {
    match arrivals(row).remove(0) {
        Arrival::Message(message) => *message,
        Arrival::Act(_) => unreachable!("{row} is no message"),
    }
}

fn texts(keys: &[Key]) -> Vec<String> {
    let text = |key: &Key| format!("{}:{}", key.kind(), key.value());
    keys.iter().map(text).collect()
}

fn route(books: &Books, row: &str) -> Route {
    let message = message(row);
    books.account.route(&message.links, message.role)
}

fn hold(number: u32) -> HoldId {
    HoldId::parse(&format!("hold-{number:04}")).expect("a name")
}

#[test]
fn keys_are_tried_strongest_first() {
    let follow_up = message("clear t2 1 of=t1").links;
    let keys = texts(&follow_up.lookup_keys(Role::FollowUp));
    assert_eq!(keys, ["j:j-t1", "t:t1", "t:t2", "j:j-t2", "o:o-t1"]);
    let opener = message("auth t1 1").links;
    let keys = texts(&opener.lookup_keys(Role::Original));
    assert_eq!(keys, ["t:t1", "j:j-t1", "o:o-t1"]);
    assert_eq!(texts(&opener.lookup_keys(Role::Alone)), ["t:t1", "j:j-t1"]);
}

#[test]
fn a_hold_is_found_by_every_key_that_its_messages_look_for() {
    for (row, role) in [
        ("auth t1 1", Role::Original),
        ("clear t2 1 of=t1", Role::FollowUp),
        ("credit c1 1", Role::Alone),
    ] {
        let links = message(row).links;
        let mut sought = links.lookup_keys(role);
        sought.sort();
        assert_eq!(links.registered_keys(role), sought, "{row}");
    }
}

#[test]
fn the_last_resort_is_for_follow_ups() {
    let links = message("clear t2 1 of=t1 link=original").links;
    let key = links.last_resort(Role::FollowUp).unwrap();
    assert_eq!(texts(&[key]), ["t:t1"]);
    assert_eq!(links.last_resort(Role::Original), None);
    assert_eq!(links.last_resort(Role::Alone), None);
}

#[test]
fn the_networks_chain_is_looked_for_when_nothing_else_is_known() {
    let clearing = message("clear t2 1 of=t1 net=n1").links;
    assert!(clearing.by_network(Role::FollowUp).is_some());
    assert_eq!(clearing.by_network(Role::Original), None);
    assert_eq!(clearing.by_network(Role::Alone), None);
    let registered = clearing.registered_keys(Role::FollowUp);
    assert!(!registered.iter().any(|key| key.kind() == "n"));
    let mut books = in_order("auth t1 60.00 net=n1");
    let clearing = message("clear t2 60.00 of=t9 link=none net=n1");
    assert_eq!(
        books.account.route(&clearing.links, clearing.role),
        Route::New
    );
    let id = books.live().next().expect("a hold").id.clone();
    let key = clearing.links.by_network(clearing.role).expect("a key");
    books.account.keys.insert(key, id.clone());
    assert_eq!(
        books.account.route(&clearing.links, clearing.role),
        Route::Hold(id)
    );
}

#[test]
fn an_unknown_message_gets_a_hold() {
    let books = Books::new(Policy::default());
    for row in ["auth t1 1", "clear t2 1 of=t1", "credit c1 1"] {
        assert_eq!(route(&books, row), Route::New, "{row}");
    }
}

#[test]
fn the_hold_with_the_opener_takes_in_the_others() {
    let books = in_order("clear t2 10.00 of=t1 link=jit\nauth u1 30.00\n=> holds 2");
    let to = route(&books, "clear f 1.00 of=u1 group=t1");
    assert_eq!(to, Route::Merge(hold(1), vec![hold(0)]));
}

#[test]
fn without_an_opener_the_oldest_name_takes_in_the_others() {
    let books = in_order("clear t2 1 of=t1 link=order\nclear t3 1 of=t1 link=jit\n=> holds 2");
    let to = route(&books, "clear t4 1 of=t1");
    assert_eq!(to, Route::Merge(hold(0), vec![hold(1)]));
}

#[test]
fn of_two_purchases_the_strongest_key_decides() {
    let books = in_order("auth t1 100.00\nauth u1 30.00\n=> holds 2");
    let to = |row| route(&books, row);
    assert_eq!(to("clear f 1 of=u1 group=t1"), Route::Hold(hold(0)));
    assert_eq!(to("clear f 1 of=t1 group=u1"), Route::Hold(hold(1)));
    assert_eq!(to("clear f 1 of=u1 order=o-t1"), Route::Hold(hold(1)));
}

#[test]
fn a_message_that_is_known_goes_where_it_is() {
    let books = in_order(
        "auth t1 100.00 order=o9
         clear u2 10.00 of=u1 order=o9 link=preceding
         clear u3 10.00 of=u1 order=o9
         standin u1 30.00 order=o9
         => holds 2",
    );
    assert_eq!(
        route(&books, "standin u1 30.00 order=o9"),
        Route::Hold(hold(2))
    );
    let known = route(&books, "clear u2 10.00 of=u1 order=o9 link=preceding");
    assert_eq!(known, Route::Hold(hold(0)));
}

#[test]
fn merging_empties_the_merged_hold_and_leads_its_keys_away() {
    let mut books =
        in_order("clear t2 10.00 of=t1 link=jit\nclear t3 20.00 of=t1 link=order\n=> holds 2");
    let opener = message("auth t1 100.00");
    let plan = books
        .account
        .plan(&opener, &hold(9), Policy::default(), START)
        .unwrap();
    assert_eq!(plan.merged_holds().collect::<Vec<_>>(), [&hold(1)]);
    assert!(!plan.opens && plan.is_new);
    assert!(books.deliver(&opener));
    let merged = &books.account.holds[&hold(1)];
    assert_eq!(merged.merged_into, Some(hold(0)));
    assert_eq!(
        (merged.facts.len(), &merged.standing),
        (0, &Standing::default())
    );
    assert!(books.account.keys.values().all(|id| *id == hold(0)));
    assert!(books.account.changed().holds.contains_key(&hold(1)));
}

#[test]
fn the_keys_of_a_merged_hold_are_written_again_and_no_others() {
    let books = in_order(
        "auth t9 1.00
         clear t2 10.00 of=t1 link=jit
         clear t3 5.00 of=t1 link=order",
    );
    // As it is read again: nothing has changed yet.
    let mut account = Account::new(
        books.account.token.clone(),
        books.account.state,
        books.account.kind,
    );
    account.balances.clone_from(&books.account.balances);
    account.holds.clone_from(&books.account.holds);
    account.keys.clone_from(&books.account.keys);
    let name = HoldId::parse("new").expect("a name");
    let opener = message("auth t1 100.00");
    let plan = account.plan(&opener, &name, Policy::default(), START);
    account.apply_plan(plan.expect("no overflow"));
    let written = |key: &Key| account.changed().keys.contains_key(key);
    let moved = |key: &Key| books.account.keys.get(key) != account.keys.get(key);
    assert!(account.keys.keys().any(moved));
    for key in account.keys.keys() {
        assert_eq!(written(key), moved(key), "{}:{}", key.kind(), key.value());
    }
}
