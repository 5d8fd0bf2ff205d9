//! Test vectors of the fingerprint, and which fields change it.

use super::ControlFingerprint;
use crate::control::{Applies, Counts, Limit, MerchantScope, MoneyIn, Scope, Window, Zone};
use crate::control::{ControlSet, Definition, VelocityControl};
use crate::hold::MccRange;
use crate::money::{Amount, Currency};
use crate::time::Moment;
use crate::token::{AccountToken, CardProductToken, CardToken, ControlToken};
use std::collections::BTreeSet;

fn daily() -> VelocityControl {
    VelocityControl {
        token: ControlToken::parse("daily").unwrap(),
        name: Some("Daily".to_owned()),
        active: true,
        limit: Limit {
            amount: Amount::parse("500").unwrap(),
            uses: Some(3),
        },
        currency: Currency::parse("USD").unwrap(),
        window: Window::Day,
        approvals_only: true,
        counts: Counts::default(),
        applies: Applies::Program,
        merchants: MerchantScope::All,
        created: Moment(1_800_000_000_000),
    }
}

fn changed(change: impl FnOnce(&mut VelocityControl)) -> VelocityControl {
    let mut control = daily();
    change(&mut control);
    control
}

fn mccs(texts: &[&str]) -> Scope {
    let ranges = texts.iter().map(|text| MccRange::parse(text).unwrap());
    Scope::Mccs(ranges.collect())
}

fn mids(texts: &[&str]) -> Scope {
    Scope::Mids(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn types(names: &[&str]) -> MoneyIn {
    MoneyIn::Types(names.iter().map(|name| (*name).to_owned()).collect())
}

fn fingerprint(control: &VelocityControl, scope: &Scope) -> String {
    let of_utc = ControlFingerprint::of(control, scope, &Zone::utc());
    of_utc.as_str().to_owned()
}

#[test]
fn the_encoding_is_the_documented_one() {
    // Computed from the table of `ControlFingerprint` by another program, in Python.
    let prague = Zone::parse("Europe/Prague").unwrap();
    let account = changed(|control| {
        control.window = Window::Month;
        control.currency = Currency::parse("JPY").unwrap();
        control.approvals_only = false;
        control.counts.cash_back = false;
        control.counts.money_in = types(&["ORIGINAL_CREDIT", "network.load"]);
        control.applies = Applies::Account(AccountToken::parse("žofie").unwrap());
    });
    let lifetime = changed(|control| {
        control.window = Window::Lifetime;
        control.counts.money_in = MoneyIn::All;
        control.applies = Applies::Card(CardToken::parse("c-1").unwrap());
    });
    let grocery = mccs(&["5411", "3501-3790"]);
    for (control, scope, zone, wanted) in [
        (daily(), Scope::All, Zone::utc(), "1b48dc95ebca5be9"),
        (account, grocery, prague, "c5ad73fb576de543"),
        (
            lifetime,
            mids(&["2", "10"]),
            Zone::utc(),
            "5943055a511009c8",
        ),
    ] {
        let computed = ControlFingerprint::of(&control, &scope, &zone);
        assert_eq!(computed.as_str(), wanted, "{control:?}");
        let stored = serde_json::to_string(&computed).unwrap();
        assert_eq!(stored, format!("\"{wanted}\""));
    }
}

#[test]
fn every_field_that_decides_what_is_counted_changes_it() {
    let product = || Applies::Product(CardProductToken::parse("x").unwrap());
    let controls = [
        daily(),
        changed(|control| control.window = Window::Week),
        changed(|control| control.window = Window::Lifetime),
        changed(|control| {
            control.window = Window::Lifetime;
            control.created = Moment(control.created.0 + 1);
        }),
        changed(|control| control.currency = Currency::parse("EUR").unwrap()),
        changed(|control| control.approvals_only = false),
        changed(|control| control.counts.purchases = false),
        changed(|control| control.counts.withdrawals = false),
        changed(|control| control.counts.cash_back = false),
        changed(|control| control.counts.money_in = MoneyIn::All),
        changed(|control| control.counts.money_in = types(&["all"])),
        changed(|control| control.counts.money_in = types(&["a", "b"])),
        changed(|control| control.applies = product()),
        changed(|control| control.applies = Applies::Account(AccountToken::parse("x").unwrap())),
        changed(|control| control.applies = Applies::Card(CardToken::parse("x").unwrap())),
    ];
    let scopes = [
        mccs(&[]),
        mccs(&["5411"]),
        mccs(&["5411-5412"]),
        mccs(&["5411", "5412"]),
        mids(&[]),
        mids(&["5411"]),
        mids(&["54", "11"]),
    ];
    let of_controls = controls
        .iter()
        .map(|control| fingerprint(control, &Scope::All));
    let of_scopes = scopes.iter().map(|scope| fingerprint(&daily(), scope));
    let prague = ControlFingerprint::of(
        &daily(),
        &Scope::All,
        &Zone::parse("Europe/Prague").unwrap(),
    );
    let all: Vec<String> = of_controls
        .chain(of_scopes)
        .chain([prague.as_str().to_owned()])
        .collect();
    let distinct: BTreeSet<&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len(), "{all:?}");
}

#[test]
fn what_decides_nothing_about_the_count_does_not_change_it() {
    let plain = fingerprint(&daily(), &Scope::All);
    for control in [
        changed(|control| control.limit.amount = Amount::parse("1").unwrap()),
        changed(|control| control.limit.uses = None),
        changed(|control| control.name = None),
        changed(|control| control.active = false),
        changed(|control| control.token = ControlToken::parse("other").unwrap()),
        changed(|control| control.created = Moment(0)),
    ] {
        assert_eq!(fingerprint(&control, &Scope::All), plain, "{control:?}");
    }
    let listed = |names: &[&str]| {
        let control = changed(|control| control.counts.money_in = types(names));
        fingerprint(&control, &Scope::All)
    };
    assert_eq!(
        listed(&["ORIGINAL_CREDIT", "b"]),
        listed(&["b", "original.credit", "b"])
    );
    let scoped = |texts: &[&str]| fingerprint(&daily(), &mccs(texts));
    assert_eq!(scoped(&["5411", "5542"]), scoped(&["5542", "5411", "5411"]));
    let lifetime = changed(|control| control.window = Window::Lifetime);
    let of_zone =
        |name: &str| ControlFingerprint::of(&lifetime, &Scope::All, &Zone::parse(name).unwrap());
    assert_eq!(of_zone("Europe/Prague"), of_zone("UTC"));
}

#[test]
fn the_controls_in_force_carry_the_fingerprint_of_their_resolved_scope() {
    let group = changed(|control| {
        let range = MccRange::parse("5411").unwrap();
        control.merchants = MerchantScope::Mcc(range);
    });
    let token = group.token.clone();
    let defined = [Definition::Velocity(group)].into_iter().collect();
    let set = ControlSet::new(1, Zone::utc(), defined);
    let wanted = fingerprint(&daily(), &mccs(&["5411"]));
    assert_eq!(set.velocity(&token).unwrap().fingerprint.as_str(), wanted);
}
