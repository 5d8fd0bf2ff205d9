//! What is read of a merchant, and what is not.

use super::{Merchant, comparable_city, comparable_name};
use crate::fixture::{changed, notification};
use crate::transaction::Transaction;

const ACCEPTOR: &str = r#","card_acceptor":{"mid":"000445522110","mcc":5411,"name":" CORNER GROCERY 12 ",
    "street_address":"500 MAIN ST","city":"OAKLAND","state":"CA","postal_code":"94607",
    "phone":"5105550100","country_code":"USA"}"#;

fn read(acceptor: &str) -> Merchant {
    let text = notification("authorization.clearing", "COMPLETION", acceptor);
    let read = Transaction::parse_notification(&text).unwrap();
    assert_eq!(read.faults, [], "{acceptor}");
    read.merchant
}

#[test]
fn a_merchant_is_read_by_name_and_city_without_its_address() {
    let text = |text: &str| Some(text.to_owned());
    let wanted = Merchant {
        mcc: text("5411"),
        mid: text("000445522110"),
        country: text("USA"),
        name: text("CORNER GROCERY 12"),
        city: text("OAKLAND"),
    };
    assert_eq!(read(ACCEPTOR), wanted);
    let old = changed(ACCEPTOR, &[("country_code", "country")]);
    assert_eq!(read(&old), wanted, "the older message model");
    let shown = format!("{:?}", read(ACCEPTOR));
    for private in ["GROCERY", "OAKLAND", "MAIN ST", "94607", "5105550100"] {
        assert!(!shown.contains(private), "{shown}");
    }
}

#[test]
fn an_odd_merchant_is_none() {
    for odd in ["[]", "null", "7", r#"{"name":[],"city":{}}"#] {
        let acceptor = format!(r#","card_acceptor":{odd}"#);
        assert_eq!(read(&acceptor), Merchant::default(), "{odd}");
    }
}

#[test]
fn names_of_one_chain_compare_alike() {
    let named = |name: &str| Merchant {
        name: Some(name.to_owned()),
        ..Merchant::default()
    };
    for name in [
        "SHELL OIL 57444",
        "Shell Oil #12",
        "shell  oil",
        "SHELL-OIL 004",
    ] {
        assert_eq!(comparable_name(&named(name)).as_deref(), Some("SHELL OIL"));
    }
    assert_eq!(comparable_name(&named("7 11")), None);
    assert_eq!(comparable_name(&Merchant::default()), None);
}

#[test]
fn a_telephone_number_is_no_city() {
    let of = |city: &str| Merchant {
        city: Some(city.to_owned()),
        ..Merchant::default()
    };
    assert_eq!(comparable_city(&of("Oakland ")).as_deref(), Some("OAKLAND"));
    assert_eq!(comparable_city(&of("800-555-0100")), None);
}
