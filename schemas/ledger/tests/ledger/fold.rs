//! The fold's table (design section 2), row by row.

use crate::table::check;

#[test]
fn an_opener_or_increment_adds_whether_marqeta_or_we_approved_it() {
    check("ours t1 100.00\nours t2 40.00 as=incr of=t1\n=> held 140.00 authorized 140.00");
    check("standin t1 100.00\nincr t2 40.00 of=t1\n=> held 140.00 authorized 140.00");
}

#[test]
fn a_cancelled_one_counts_nothing() {
    check("auth t1 100.00\ndecline t1\nincr t2 40.00 of=t1\n=> held 40.00 authorized 40.00");
    check("auth t1 100.00\nerror t1\n=> held 0.00 authorized 0.00");
}

#[test]
fn an_advice_sets_the_total_less_what_is_cleared() {
    check(
        "auth t1 100.00\nclear t2 30.00 of=t1\nadvice t3 50.00 of=t2\n=> held 20.00 posted -30.00",
    );
    check(
        "auth t1 100.00\nclear t2 70.00 of=t1\nadvice t3 50.00 of=t2\n=> held 0.00 posted -70.00",
    );
}

#[test]
fn an_advice_is_void_when_its_opener_is_cancelled() {
    check("auth t1 100.00\nadvice t2 50.00 of=t1\ndecline t1\n=> held 0.00");
}

#[test]
fn an_increment_after_an_advice_adds_to_it() {
    check("auth t1 100.00\nadvice t2 40.00 of=t1\nincr t3 5.00 of=t2\n=> held 45.00");
}

#[test]
fn a_partial_reversal_takes_its_amount_off() {
    check("auth t1 100.00\nreverse t2 30.00 of=t1\n=> held 70.00 released 30.00");
}

#[test]
fn a_full_end_is_an_end_at_its_place_only() {
    for end in [
        "reverse t2 100.00 of=t1 full",
        "issuer-expiry t2 of=t1",
        "clear t2 10.00 of=t1 final",
        "release t1 at=0",
    ] {
        check(&format!("auth t1 100.00\n{end}\n=> held 0.00"));
        check(&format!(
            "auth t1 100.00\n{end}\nincr t3 40.00 of=t1\n=> held 40.00"
        ));
    }
}

#[test]
fn a_clearing_posts_above_the_hold_after_a_decline_and_after_a_final_clearing() {
    check("auth t1 10.00\nclear t2 60.00 of=t1\n=> held 0.00 posted -60.00");
    check("auth t1 10.00\ndecline t1\nclear t2 60.00 of=t1\n=> held 0.00 posted -60.00");
    check(
        "auth t1 10.00
         clear t2 10.00 of=t1 final
         clear t3 5.00 of=t1
         => held 0.00 posted -15.00",
    );
}

#[test]
fn a_force_capture_posts_and_holds_nothing() {
    check("force t1 18.75\n=> held 0.00 posted -18.75 authorized 0.00 cleared 18.75");
}

#[test]
fn a_clearing_in_another_currency_leaves_the_hold_unless_it_is_final() {
    check(
        "auth t1 100.00
         clear t2 60.00 of=t1 cur=EUR
         => EUR held 0.00 posted -60.00
         => USD held 100.00 posted 0.00",
    );
    check(
        "auth t1 100.00
         clear t2 60.00 of=t1 cur=EUR final
         => EUR held 0.00 posted -60.00
         => USD held 0.00 posted 0.00",
    );
}

#[test]
fn a_twin_or_an_inquiry_books_nothing() {
    check("auth t1 100.00\nnothing t2 100.00 of=t1\n=> held 100.00 posted 0.00 pending 0.00");
}

#[test]
fn facts_of_the_same_moment_count_by_kind() {
    // Openers, increments, advices, reversals, clearings: were it otherwise, the advice would not be the total.
    check(
        "auth t5 100.00 expires=7
         incr t4 50.00 of=t5 link=jit
         advice t3 80.00 of=t5 link=jit
         reverse t2 10.00 of=t5 link=jit
         clear t1 30.00 of=t5 link=jit
         => held 40.00 posted -30.00 released 10.00",
    );
    check(
        "clear t1 30.00 of=t5 link=jit at=none
         reverse t2 10.00 of=t5 link=jit at=none
         advice t3 80.00 of=t5 link=jit at=none
         incr t4 50.00 of=t5 link=jit at=none
         auth t5 100.00 at=none
         => held 40.00 posted -30.00 released 10.00",
    );
}

#[test]
fn the_chain_of_messages_goes_before_their_times() {
    // The advice follows the increment, though its time says otherwise.
    check(
        "auth t1 100.00 at=3
         incr t2 50.00 of=t1 at=2
         advice t3 80.00 of=t2 at=1
         => held 80.00",
    );
}

#[test]
fn a_missing_parent_and_a_circle_are_ignored() {
    check("auth t1 100.00\nclear t2 60.00 of=unknown order=o-t1\n=> held 40.00 posted -60.00");
    check(
        "auth t1 100.00 of=t3 order=o
         incr t2 50.00 of=t1 order=o
         clear t3 60.00 of=t2 order=o
         => held 90.00 posted -60.00 holds 1",
    );
}

#[test]
fn a_missing_time_sorts_last() {
    check(
        "advice t3 80.00 of=t1 link=jit at=none
         auth t1 100.00
         incr t2 50.00 of=t1 link=jit
         => held 80.00",
    );
}
