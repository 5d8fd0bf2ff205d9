//! Which hold (design section 2, "Which hold?"), as tables: what comes first does not matter.

use crate::table::{check, in_order};

#[test]
fn a_follow_up_that_came_first_is_joined_by_its_opener() {
    for link in ["jit", "preceding", "order"] {
        check(&format!(
            "auth t1 100.00
             clear t2 60.00 of=t1 link={link}
             => held 40.00 posted -60.00 holds 1"
        ));
    }
}

#[test]
fn follow_ups_that_came_first_by_different_links_become_one_purchase() {
    check(
        "auth t1 100.00
         clear t2 10.00 of=t1 link=jit
         clear t3 20.00 of=t1 link=preceding
         clear t4 30.00 of=t1 link=order
         => held 40.00 posted -60.00 holds 1",
    );
}

#[test]
fn follow_ups_of_an_opener_that_never_comes_become_one_purchase() {
    check(
        "clear t2 10.00 of=t1 link=jit
         clear t3 20.00 of=t1 link=order
         reverse t4 30.00 of=t1
         => held 0.00 posted -30.00 holds 1",
    );
}

#[test]
fn a_group_may_be_named_by_the_jit_message_of_a_sibling() {
    check(
        "auth t1 100.00
         incr t2 40.00 of=t1
         clear t3 60.00 of=t2 group=t2 link=jit
         => held 80.00 posted -60.00 holds 1",
    );
}

#[test]
fn two_openers_under_one_order_are_two_purchases() {
    check(
        "auth t1 100.00 order=o9
         auth u1 30.00 order=o9
         => held 130.00 holds 2",
    );
    in_order(
        "auth t1 100.00 order=o9
         clear t2 60.00 of=t1 order=o9
         auth u1 30.00 order=o9
         clear u2 10.00 of=u1 order=o9
         => held 60.00 posted -70.00 holds 2",
    );
}

#[test]
fn two_purchases_under_one_order_are_booked_once_whatever_comes_first() {
    // Which of the two a clearing is taken from may differ when it comes before its opener; what is
    // authorized and posted may not.
    check(
        "auth t1 100.00 order=o9
         clear t2 60.00 of=t1 order=o9
         auth u1 30.00 order=o9
         clear u2 10.00 of=u1 order=o9
         => posted -70.00 authorized 130.00 cleared 70.00 holds 2",
    );
}

#[test]
fn an_opener_without_jit_block_is_booked_once_though_another_purchase_holds_its_key() {
    check(
        "auth t1 100.00 order=o9
         standin u1 30.00 order=o9
         clear u2 10.00 of=u1 order=o9
         => held 120.00 posted -10.00 holds 2",
    );
}

#[test]
fn the_opener_of_another_order_does_not_join() {
    check("auth t1 100.00\nauth u1 30.00\nclear u2 10.00 of=u1\n=> held 120.00 holds 2");
}

#[test]
fn where_keys_lead_to_two_purchases_nothing_merges() {
    let books = in_order(
        "auth t1 100.00
         auth u1 30.00
         reverse f 30.00 of=u1 group=t1 full
         => held 100.00 holds 2",
    );
    assert_eq!(books.live().filter(|hold| hold.facts.len() == 2).count(), 1);
}

#[test]
fn the_first_message_of_the_series_is_a_last_resort() {
    in_order(
        "auth t1 100.00\nclear t2 60.00 of=t1 link=original\n=> held 40.00 posted -60.00 holds 1",
    );
}

#[test]
fn the_last_resort_never_merges_anything() {
    in_order(
        "clear t2 60.00 of=t1 link=original
         auth t1 100.00
         clear t2 60.00 of=t1 link=original
         => held 100.00 posted -60.00 holds 2",
    );
}

#[test]
fn a_force_capture_stands_alone_whatever_its_links_say() {
    check("auth t1 100.00\nforce t2 60.00 of=t1 order=o-t1\n=> held 100.00 posted -60.00 holds 2");
}

#[test]
fn the_reversal_of_an_offline_refund_may_name_it_by_its_jit_message_alone() {
    check("credit c1 10.00\ncredit-reverse c2 10.00 of=c1 link=jit\n=> posted 0.00 holds 1");
}

#[test]
fn an_offline_refund_stands_alone_but_its_own_reversal_finds_it() {
    check(
        "auth t1 100.00
         credit c1 60.00 order=o-t1
         credit-reverse c2 60.00 of=c1
         => held 100.00 posted 0.00 holds 2",
    );
}

#[test]
fn an_opener_whose_name_another_purchase_holds_is_booked_once() {
    check(
        "auth t1 10.00
         clear t3 5.00 of=t2 group=t1 order=o-t1
         auth t2 20.00 link=none
         => held 25.00 posted -5.00 holds 2",
    );
}
