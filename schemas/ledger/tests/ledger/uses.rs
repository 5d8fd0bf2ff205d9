//! What purchases use of spending limits (design section 2, "usage"; reference section 9.1).

use crate::table::check;

#[test]
fn a_purchase_uses_what_it_holds_and_what_it_collected() {
    check(
        "auth t1 100.00
         => used 100.00 uses 1
         clear t2 40.00 of=t1
         => used 100.00 uses 1 held 60.00
         clear t3 35.00 of=t1 final
         => used 75.00 uses 1 held 0.00",
    );
}

#[test]
fn what_is_let_go_is_given_back() {
    check("auth t1 100.00\nreverse t2 30.00 of=t1\n=> used 70.00 uses 1");
    check("auth t1 100.00\nreverse t2 100.00 of=t1 full\n=> used 0.00 uses 0");
    check("auth t1 100.00\nadvice t2 40.00 of=t1\n=> used 40.00 uses 1");
    check("auth t1 100.00\nissuer-expiry t2 of=t1\n=> used 0.00 uses 0");
    check("auth t1 100.00\nrelease t1 at=0\n=> used 0.00 uses 0");
    check("auth t1 100.00\nexpire t1 at=7\n=> used 0.00 uses 0");
    check("ours t1 100.00\n=> used 100.00\ndecline t1 100.00\n=> used 0.00 uses 0 refused 100.00");
    check("ours t1 100.00\nerror t1\n=> used 0.00 uses 0");
    check("debit t1 15.00\nundo-debit t2 15.00 of=t1\n=> used 0.00 uses 0");
    check("debit t1 15.00\nundo-debit t2 5.00 of=t1\n=> used 10.00 uses 1");
}

#[test]
fn a_collection_above_the_hold_uses_more_in_the_time_of_the_purchase() {
    check(
        "auth t1 60.00 at=1\nclear t2 72.00 of=t1 at=3\n=> used 72.00 uses 1 day1 72.00 day3 0.00",
    );
    check(
        "auth t1 60.00 at=1\nexpire t1 at=8\nclear t2 60.00 of=t1 at=12
         => used 60.00 uses 1 day1 60.00 day12 0.00",
    );
}

#[test]
fn an_increment_uses_its_own_time() {
    check(
        "auth t1 100.00 at=1\nincr t2 50.00 of=t1 at=2
         => used 150.00 uses 2 day1 100.00 day2 50.00
         reverse t3 60.00 of=t1 at=4
         => used 90.00 uses 1 day1 90.00 day2 0.00",
    );
}

#[test]
fn stand_in_and_force_captures_count_all_the_same() {
    check("standin t1 100.00\n=> used 100.00 uses 1");
    check("force t1 18.75\n=> used 18.75 uses 1");
    check("clear t2 40.00 of=t1 at=3\n=> used 40.00 uses 1 day3 40.00");
}

#[test]
fn a_collection_in_another_currency_uses_that_one() {
    check(
        "auth t1 100.00 at=1
         clear t2 90.00 of=t1 cur=EUR final at=2
         => used 0.00 uses 0
         => EUR used 90.00 uses 1 day1 90.00",
    );
}

#[test]
fn an_increase_of_the_hold_uses_nothing() {
    check("auth t1 100.00 increase=20.00\n=> held 120.00 used 100.00 authorized 100.00");
    check("auth t1 100.00 increase=20.00\nclear t2 60.00 of=t1\n=> held 60.00 used 100.00");
    check("auth t1 100.00 increase=20.00\nclear t2 100.00 of=t1\n=> held 0.00 used 100.00");
    check("auth t1 100.00 increase=20.00\nclear t2 60.00 of=t1 final\n=> held 0.00 used 60.00");
    check("auth t1 1.00 increase=99.00\nadvice t2 38.44 of=t1\n=> held 38.44 used 38.44");
    check("auth t1 100.00 increase=20.00\nreverse t2 30.00 of=t1\n=> held 90.00 used 70.00");
    check("auth t1 100.00 increase=20.00\nreverse t2 100.00 of=t1 full\n=> held 0.00");
    check("auth t1 100.00 increase=20.00\nexpire t1 at=7\n=> held 0.00");
}
