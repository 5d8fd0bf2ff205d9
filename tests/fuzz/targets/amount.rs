//! Any text as an amount: what is read is exact, and is written as it was meant.

#![no_main]

use holdfast_ledger::money::{Amount, Currency};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(amount) = Amount::parse(text) else {
        return;
    };
    let written = String::from(amount);
    assert_eq!(Amount::parse(&written), Ok(amount), "{written}");
    for code in ["USD", "JPY", "KWD"] {
        let currency = Currency::parse(code).expect("it is known");
        if amount.fits(currency) {
            let shown = amount.text(currency);
            assert_eq!(Amount::parse_in(&shown, currency), Ok(amount), "{shown}");
        }
    }
});
