//! What a hold shows as released.

use holdfast_ledger::fold::Line;
use holdfast_ledger::money::{Amount, Currency};

#[test]
fn released_and_cleared_never_exceed_what_was_authorized() {
    let usd = Currency::parse("USD").unwrap();
    let amount = |text: &str| Amount::parse(text).unwrap();
    for (authorized, released, cleared, shown) in [
        ("30", "10", "20", "10.00"),
        // A reversal of everything, and the clearing all the same.
        ("30", "30", "30", "0.00"),
        ("30", "30", "12.50", "17.50"),
        // A tip: cleared alone is above.
        ("30", "5", "36", "0.00"),
        // A debit that was reversed in full.
        ("30", "30", "0", "30.00"),
        ("0", "0", "8", "0.00"),
    ] {
        let line = Line {
            authorized: amount(authorized),
            released: amount(released),
            cleared: amount(cleared),
            ..Line::default()
        };
        let case = format!("{authorized} {released} {cleared}");
        assert_eq!(line.shown_released().text(usd), shown, "{case}");
    }
}
