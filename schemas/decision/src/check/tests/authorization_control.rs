//! Authorization controls and exemptions.

use super::builder::{Try, control};
use crate::{Check, PurchaseStep, Refusal};
use holdfast_ledger::control::{
    Applies, AuthorizationControl, Definition, MccGroup, MerchantGroup, MerchantScope,
};
use holdfast_ledger::hold::MccRange;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardProductToken, CardToken, GroupToken};
use std::collections::BTreeSet;

const DENIED: Option<Refusal> = Some(Refusal::DeniedByControl);

fn mcc(text: &str) -> MerchantScope {
    MerchantScope::Mcc(MccRange::parse(text).unwrap())
}

fn group(token: &str) -> GroupToken {
    GroupToken::parse(token).unwrap()
}

fn at(merchants: MerchantScope) -> AuthorizationControl {
    AuthorizationControl {
        merchants,
        ..control("c")
    }
}

/// In a program with a few groups; the merchant is 000445522110 of category 5411.
fn tried() -> Try {
    let mut tried = Try::new();
    for (token, range, active) in [
        ("food", "5400-5499", true),
        ("travel", "3000-3999", true),
        ("off", "5411", false),
    ] {
        tried.defined.push(Definition::MccGroup(MccGroup {
            token: group(token),
            name: token.to_owned(),
            mccs: vec![MccRange::parse(range).unwrap()],
            active,
            increase: None,
            hold_days: None,
        }));
    }
    for (token, mid) in [("ours", "000445522110"), ("theirs", "7")] {
        tried.defined.push(Definition::MerchantGroup(MerchantGroup {
            token: group(token),
            name: token.to_owned(),
            mids: BTreeSet::from([mid.to_owned()]),
        }));
    }
    tried
}

fn denying(mut tried: Try) -> Try {
    tried.policy.denies_by_default = true;
    tried
}

/// A control, and does it match the purchase?
fn controls() -> Vec<(AuthorizationControl, bool)> {
    let scopes = [
        (MerchantScope::All, true),
        (mcc("5411"), true),
        (mcc("5412"), false),
        (mcc("5400-5411"), true),
        (mcc("5412-5500"), false),
        (MerchantScope::MccGroup(group("food")), true),
        (MerchantScope::MccGroup(group("travel")), false),
        (MerchantScope::MccGroup(group("off")), false),
        (MerchantScope::MccGroup(group("gone")), false),
        (MerchantScope::Mid("000445522110".to_owned()), true),
        (MerchantScope::Mid("445522110".to_owned()), false),
        (MerchantScope::MerchantGroup(group("ours")), true),
        (MerchantScope::MerchantGroup(group("theirs")), false),
        (MerchantScope::MerchantGroup(group("gone")), false),
    ];
    let account = |token| Applies::Account(AccountToken::parse(token).unwrap());
    let product = |token| Applies::Product(CardProductToken::parse(token).unwrap());
    let card = |token| Applies::Card(CardToken::parse(token).unwrap());
    let associations = [
        (Applies::Program, true),
        (account("payer"), true),
        (account("other"), false),
        (product("gold"), true),
        (product("other"), false),
        (card("blue"), true),
        (card("other"), false),
    ];
    // It is decided at 1,000.
    let times = [
        (true, None, None, true),
        (false, None, None, false),
        (true, Some(1_000), None, true),
        (true, Some(1_001), None, false),
        (true, None, Some(1_001), true),
        (true, None, Some(1_000), false),
        (true, Some(1_000), Some(1_001), true),
        (false, Some(1_000), Some(1_001), false),
    ];
    let scopes = scopes
        .into_iter()
        .map(|(scope, matches)| (at(scope), matches));
    let associations = associations.into_iter().map(|(applies, matches)| {
        let control = AuthorizationControl {
            applies,
            ..control("c")
        };
        (control, matches)
    });
    let times = times.into_iter().map(|(active, start, end, matches)| {
        let (start, end) = (start.map(Moment), end.map(Moment));
        let control = AuthorizationControl {
            active,
            start,
            end,
            ..control("c")
        };
        (control, matches)
    });
    scopes.chain(associations).chain(times).collect()
}

#[test]
fn where_all_is_allowed_a_control_that_matches_denies() {
    assert_eq!(tried().refusal(), None);
    for (control, matches) in controls() {
        let refusal = tried().denied_by(control.clone()).refusal();
        assert_eq!(refusal, DENIED.filter(|_| matches), "{control:?}");
    }
}

#[test]
fn where_all_is_denied_only_a_control_that_matches_allows() {
    assert_eq!(denying(tried()).refusal(), DENIED);
    for (control, matches) in controls() {
        let refusal = denying(tried()).denied_by(control.clone()).refusal();
        assert_eq!(refusal, DENIED.filter(|_| !matches), "{control:?}");
    }
}

#[test]
fn an_exemption_that_matches_overrides_both() {
    for (exemption, matches) in controls() {
        let wanted = DENIED.filter(|_| !matches);
        let denied = tried().denied_by(control("all")).exempt(exemption.clone());
        assert_eq!(denied.refusal(), wanted, "{exemption:?}");
        let denied = denying(tried()).exempt(exemption.clone());
        assert_eq!(denied.refusal(), wanted, "{exemption:?}");
    }
}

#[test]
fn one_of_several_that_matches_suffices() {
    let tried = tried()
        .denied_by(at(mcc("1234")))
        .denied_by(AuthorizationControl {
            merchants: mcc("5411"),
            ..control("d")
        });
    assert_eq!(tried.refusal(), DENIED);
    assert_eq!(
        tried.inputs(Check::AuthorizationControl),
        "mcc: 5411; mid: 000445522110; control: d \"The control d\": mcc 5411, for the program"
    );
}

#[test]
fn an_unknown_merchant_is_in_no_narrow_scope() {
    for (merchants, wanted) in [
        (MerchantScope::All, DENIED),
        (mcc("0000-9999"), None),
        (MerchantScope::Mid("000445522110".to_owned()), None),
    ] {
        let mut unknown = tried().denied_by(at(merchants.clone()));
        (unknown.mcc, unknown.mid) = (None, None);
        assert_eq!(unknown.refusal(), wanted, "{merchants:?}");
    }
}

#[test]
fn a_program_may_name_the_merchant_as_reason() {
    let merchant = Some(Refusal::MerchantDenied);
    for (merchants, tells, wanted) in [
        (
            MerchantScope::Mid("000445522110".to_owned()),
            true,
            merchant,
        ),
        (MerchantScope::MerchantGroup(group("ours")), true, merchant),
        (MerchantScope::Mid("000445522110".to_owned()), false, DENIED),
        (mcc("5411"), true, DENIED),
        (MerchantScope::MccGroup(group("food")), true, DENIED),
        (MerchantScope::All, true, DENIED),
    ] {
        let mut tried = tried().denied_by(at(merchants.clone()));
        tried.policy.tells_merchant = tells;
        assert_eq!(tried.refusal(), wanted, "{merchants:?} {tells}");
    }
    let mut none_allows = denying(tried()).denied_by(at(MerchantScope::Mid("7".to_owned())));
    none_allows.policy.tells_merchant = true;
    assert_eq!(none_allows.refusal(), DENIED);
}

#[test]
fn what_does_not_spend_is_not_asked() {
    for (step, wanted) in [
        (PurchaseStep::Begins, DENIED),
        (PurchaseStep::Grows, DENIED),
        (PurchaseStep::Verifies, None),
        (PurchaseStep::Other, None),
    ] {
        assert_eq!(denying(tried()).step(step).refusal(), wanted, "{step:?}");
    }
}
