//! Rules as they are stored, and which of them bind a purchase: field by field the narrowest.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot continue should stop"
)]

use holdfast_ledger::control::{
    Channel, ControlSet, ControlSubject, Countries, Country, Definition, RiskScore, Rules,
    RulesInForce, RulesOf, Whose, Zone,
};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::token::{AccountToken, CardToken};
use std::collections::BTreeSet;

const ALL: &str = r#"{
    "channels":{"ecommerce":true,"contactless":false,"magnetic_stripe":true,"atm":false,
        "abroad":false,"recurring":true,"quasi_cash":false},
    "single_purchase_maximum":{"EUR":"200","USD":"250.5"},
    "countries":{"deny":["PRK"]},
    "home_country":"USA",
    "risk":{"transaction_risk_score":80,"account_risk_score":8,
        "card_not_present_transaction_risk_score":70,
        "transaction_account_attack_intelligence_score":60,"dii_score":9},
    "three_ds_above":{"EUR":"30"}
}"#;

fn read(json: &str) -> Rules {
    serde_json::from_str(json).unwrap()
}

#[test]
fn every_field_is_written_as_it_is_read() {
    let rules = read(ALL);
    let written: serde_json::Value = serde_json::to_value(&rules).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(ALL).unwrap()
    );
    assert_eq!(rules.channels.len(), Channel::ALL.len());
    assert_eq!(rules.risk.len(), RiskScore::ALL.len());
    for channel in Channel::ALL {
        assert_eq!(serde_json::to_value(channel).unwrap(), channel.as_str());
    }
    for score in RiskScore::ALL {
        assert_eq!(serde_json::to_value(score).unwrap(), score.as_str());
    }
}

#[test]
fn every_field_may_be_absent() {
    assert_eq!(read("{}"), Rules::default());
    assert_eq!(serde_json::to_string(&Rules::default()).unwrap(), "{}");
}

#[test]
fn what_cannot_be_a_rule_is_not_read() {
    for json in [
        r#"{"channels":{"carrier_pigeon":false}}"#,
        r#"{"channels":{"atm":"no"}}"#,
        r#"{"single_purchase_maximum":{"XQQ":"1"}}"#,
        r#"{"single_purchase_maximum":{"USD":"-1"}}"#,
        r#"{"countries":{"allow":["USA","Mars"]}}"#,
        r#"{"countries":{"allow":["US"]}}"#,
        r#"{"home_country":"840"}"#,
        r#"{"risk":{"luck":3}}"#,
        r#"{"risk":{"dii_score":-1}}"#,
        r#"{"three_ds_above":{"USD":"many"}}"#,
    ] {
        assert!(serde_json::from_str::<Rules>(json).is_err(), "{json}");
    }
}

fn in_force(defined: &[(RulesOf, &str)], card: &str, check: impl FnOnce(RulesInForce<'_>)) {
    let defined = defined
        .iter()
        .map(|(of, json)| Definition::Rules(of.clone(), read(json)));
    let set = ControlSet::new(1, Zone::utc(), defined.collect());
    let account = AccountToken::parse("payer").unwrap();
    let card = CardToken::parse(card).ok();
    check(set.rules_in_force(ControlSubject {
        account: &account,
        card: card.as_ref(),
        product: None,
    }));
}

fn three(
    program: &'static str,
    account: &'static str,
    card: &'static str,
) -> [(RulesOf, &'static str); 5] {
    let account_of = |token| RulesOf::Account(AccountToken::parse(token).unwrap());
    let card_of = |token| RulesOf::Card(CardToken::parse(token).unwrap());
    [
        (RulesOf::Program, program),
        (account_of("payer"), account),
        (card_of("blue"), card),
        (account_of("other"), ALL),
        (card_of("strange"), ALL),
    ]
}

#[test]
fn of_each_field_the_narrowest_that_speaks_counts() {
    let dollars = Currency::parse("USD").unwrap();
    for (program, account, card, wanted) in [
        (ALL, "{}", "{}", Some(Whose::Program)),
        (ALL, ALL, "{}", Some(Whose::Account)),
        (ALL, "{}", ALL, Some(Whose::Card)),
        (ALL, ALL, ALL, Some(Whose::Card)),
        ("{}", ALL, "{}", Some(Whose::Account)),
        ("{}", "{}", "{}", None),
    ] {
        in_force(&three(program, account, card), "blue", |rules| {
            for channel in Channel::ALL {
                assert_eq!(
                    rules.channel_is_open(channel).map(|said| said.whose),
                    wanted
                );
            }
            for score in RiskScore::ALL {
                assert_eq!(rules.risk_limit(score).map(|said| said.whose), wanted);
            }
            let maximum = rules.single_purchase_maximum(dollars);
            assert_eq!(maximum.map(|said| said.whose), wanted);
            assert_eq!(rules.permitted_countries().map(|said| said.whose), wanted);
            assert_eq!(rules.home_country().map(|said| said.whose), wanted);
            assert!(rules.three_ds_above(dollars).is_none());
        });
    }
}

#[test]
fn fields_of_different_widths_meet() {
    let defined = three(
        r#"{"channels":{"atm":false,"abroad":false},"home_country":"USA"}"#,
        r#"{"channels":{"abroad":true},"single_purchase_maximum":{"USD":"9"}}"#,
        r#"{"countries":{"allow":["FRA"]}}"#,
    );
    in_force(&defined, "blue", |rules| {
        let of = |channel| {
            rules
                .channel_is_open(channel)
                .map(|said| (said.value, said.whose))
        };
        assert_eq!(of(Channel::Atm), Some((false, Whose::Program)));
        assert_eq!(of(Channel::Abroad), Some((true, Whose::Account)));
        assert_eq!(of(Channel::Recurring), None);
        let maximum = rules.single_purchase_maximum(Currency::parse("USD").unwrap());
        assert_eq!(maximum.unwrap().value, Amount::parse("9").unwrap());
        let only = Countries::Allow(BTreeSet::from([Country::parse("FRA").unwrap()]));
        assert_eq!(rules.permitted_countries().unwrap().value, &only);
        assert_eq!(rules.home_country().unwrap().whose, Whose::Program);
    });
    in_force(&defined, "another", |rules| {
        assert!(rules.permitted_countries().is_none());
    });
}
