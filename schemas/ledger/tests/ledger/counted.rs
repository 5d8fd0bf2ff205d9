//! Which messages a spending limit counts, field by field (reference section 9.1).

use crate::books::START;
use crate::limits::limit;
use holdfast_ledger::control::{
    Applies, ControlSet, Counts, Definition, MccGroup, MerchantScope, MoneyIn, VelocityControl,
    Window, Zone,
};
use holdfast_ledger::fact::{CardAndMerchant, Class};
use holdfast_ledger::hold::MccRange;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{
    AccountToken, CardProductToken, CardToken, ControlToken, GroupToken, TransactionToken,
};
use holdfast_ledger::usage::Use;

fn token<T, E: std::fmt::Debug>(parse: fn(&str) -> Result<T, E>, text: &str) -> T {
    parse(text).expect("a token")
}

/// 80.00 of goods and 20.00 of cash at a grocery with the card blue of the product gold.
fn made() -> Use {
    Use {
        token: token(TransactionToken::parse, "t1"),
        at: START,
        seen: START,
        currency: Currency::parse("USD").expect("a currency"),
        goods: Amount::parse("80.00").expect("an amount"),
        cash: Amount::parse("20.00").expect("an amount"),
        card_and_merchant: CardAndMerchant {
            card: Some(token(CardToken::parse, "blue")),
            product: Some(token(CardProductToken::parse, "gold")),
            merchant: Some("m-1".to_owned()),
            mcc: Some("5411".to_owned()),
            ..CardAndMerchant::default()
        },
        declined: false,
    }
}

fn of_class(class: Class) -> Use {
    let mut made = made();
    made.card_and_merchant.class = class;
    made.cash = Amount::ZERO;
    made
}

/// What a limit counts of a use; `-` when it has nothing to do with it.
fn counted(control: VelocityControl, made: &Use) -> String {
    let group = MccGroup {
        token: token(GroupToken::parse, "food"),
        name: "food".to_owned(),
        mccs: vec![MccRange::parse("5400-5499").expect("a range")],
        active: true,
        increase: None,
        hold_days: None,
    };
    let name = control.token.clone();
    let defined = [Definition::MccGroup(group), Definition::Velocity(control)];
    let set = ControlSet::new(1, Zone::utc(), defined.into_iter().collect());
    let velocity = set.velocity(&name).expect("a limit");
    let payer = token(AccountToken::parse, "payer");
    let amount = made.counted_amount(velocity, &payer);
    let applies = set.velocity_for(made.control_subject(&payer)).count() == 1;
    let amount = amount.filter(|_| applies);
    amount.map_or_else(|| "-".to_owned(), |amount| amount.text(made.currency))
}

fn counting(counts: Counts) -> VelocityControl {
    VelocityControl {
        counts,
        ..limit("limit", Window::Day)
    }
}

fn nothing() -> Counts {
    Counts {
        purchases: false,
        withdrawals: false,
        cash_back: false,
        money_in: MoneyIn::No,
    }
}

#[test]
fn goods_and_cash_are_counted_by_themselves() {
    let (purchases, cash_back) = (true, true);
    let both = Counts {
        purchases,
        cash_back,
        ..nothing()
    };
    let goods = Counts {
        purchases,
        ..nothing()
    };
    let cash = Counts {
        cash_back,
        ..nothing()
    };
    for (counts, wanted) in [
        (Counts::default(), "100.00"),
        (both, "100.00"),
        (goods, "80.00"),
        (cash.clone(), "20.00"),
        (nothing(), "-"),
    ] {
        assert_eq!(counted(counting(counts), &made()), wanted);
    }
    assert_eq!(counted(counting(cash), &of_class(Class::Purchase)), "-");
}

#[test]
fn withdrawals_and_money_in_are_counted_where_it_is_said() {
    let withdrawals = Counts {
        withdrawals: true,
        ..nothing()
    };
    let money_in = |money_in| Counts {
        money_in,
        ..nothing()
    };
    let types = |name: &str| money_in(MoneyIn::Types(vec![name.to_owned()]));
    let sent = || Class::MoneyIn("original.credit.authorization".to_owned());
    for (counts, class, wanted) in [
        (withdrawals.clone(), Class::Withdrawal, "80.00"),
        (withdrawals, Class::Purchase, "-"),
        (Counts::default(), Class::Withdrawal, "80.00"),
        (Counts::default(), sent(), "-"),
        (Counts::default(), Class::Uncounted, "-"),
        (money_in(MoneyIn::All), sent(), "80.00"),
        (money_in(MoneyIn::All), Class::Purchase, "-"),
        (types("original.credit"), sent(), "80.00"),
        (types("ORIGINAL_CREDIT_AUTHORIZATION"), sent(), "80.00"),
        (types("original.cred"), sent(), "-"),
        (types("directdeposit"), sent(), "-"),
    ] {
        let shown = format!("{counts:?} {class:?}");
        assert_eq!(
            counted(counting(counts), &of_class(class)),
            wanted,
            "{shown}"
        );
    }
}

#[test]
fn a_limit_is_for_the_program_a_product_an_account_or_a_card() {
    for (applies, wanted) in [
        (Applies::Program, "100.00"),
        (
            Applies::Product(token(CardProductToken::parse, "gold")),
            "100.00",
        ),
        (
            Applies::Product(token(CardProductToken::parse, "iron")),
            "-",
        ),
        (
            Applies::Account(token(AccountToken::parse, "payer")),
            "100.00",
        ),
        (Applies::Account(token(AccountToken::parse, "other")), "-"),
        (Applies::Card(token(CardToken::parse, "blue")), "100.00"),
        (Applies::Card(token(CardToken::parse, "red")), "-"),
    ] {
        let shown = applies.text();
        let control = VelocityControl {
            applies,
            ..limit("limit", Window::Day)
        };
        assert_eq!(counted(control, &made()), wanted, "{shown}");
    }
}

#[test]
fn a_limit_is_for_all_merchants_or_some() {
    let mcc = |text| MerchantScope::Mcc(MccRange::parse(text).expect("a range"));
    for (merchants, wanted) in [
        (MerchantScope::All, "100.00"),
        (mcc("5411"), "100.00"),
        (mcc("5412"), "-"),
        (mcc("5400-5411"), "100.00"),
        (
            MerchantScope::MccGroup(token(GroupToken::parse, "food")),
            "100.00",
        ),
        (
            MerchantScope::MccGroup(token(GroupToken::parse, "gone")),
            "-",
        ),
        (MerchantScope::Mid("m-1".to_owned()), "100.00"),
        (MerchantScope::Mid("m-2".to_owned()), "-"),
        (
            MerchantScope::MerchantGroup(token(GroupToken::parse, "gone")),
            "-",
        ),
    ] {
        let shown = merchants.text();
        let control = VelocityControl {
            merchants,
            ..limit("limit", Window::Day)
        };
        assert_eq!(counted(control, &made()), wanted, "{shown}");
    }
}

#[test]
fn other_currencies_and_what_was_declined_are_other_limits() {
    let euros = VelocityControl {
        currency: Currency::parse("EUR").expect("a currency"),
        ..limit("limit", Window::Day)
    };
    assert_eq!(counted(euros, &made()), "-");
    let declined = Use {
        declined: true,
        ..made()
    };
    let of_declined = VelocityControl {
        approvals_only: false,
        ..limit("limit", Window::Day)
    };
    assert_eq!(counted(of_declined.clone(), &declined), "100.00");
    assert_eq!(counted(of_declined, &made()), "-");
    assert_eq!(counted(limit("limit", Window::Day), &declined), "-");
}

#[test]
fn a_lifetime_counts_from_the_limit_on_whatever_date_a_message_bears() {
    let control = VelocityControl {
        created: START,
        ..limit("limit", Window::Lifetime)
    };
    let (before, after) = (Moment(START.0 - 1), Moment(START.0 + 1));
    assert_eq!(control.period(before, before, &Zone::utc()), None);
    let period = control.period(before, after, &Zone::utc());
    let period = period.expect("a period");
    assert_eq!((period.start, period.end), (START, Moment(i64::MAX)));
}

#[test]
fn a_counter_outlives_a_change_of_the_limit_but_not_of_what_it_counts() {
    let print = |control: VelocityControl, zone: &str| {
        let zone = Zone::parse(zone).expect("a zone");
        let name: ControlToken = control.token.clone();
        let set = ControlSet::new(
            1,
            zone,
            [Definition::Velocity(control)].into_iter().collect(),
        );
        set.velocity(&name).expect("a limit").fingerprint.clone()
    };
    let day = || limit("limit", Window::Day);
    let mut higher = day();
    higher.limit.amount = Amount::parse("5").expect("an amount");
    higher.limit.uses = Some(1);
    higher.name = Some("other".to_owned());
    assert_eq!(print(higher, "UTC"), print(day(), "UTC"));
    assert_ne!(print(day(), "Europe/Prague"), print(day(), "UTC"));
    assert_ne!(
        print(limit("limit", Window::Week), "UTC"),
        print(day(), "UTC")
    );
    let mut narrower = day();
    narrower.merchants = MerchantScope::Mid("m-1".to_owned());
    assert_ne!(print(narrower, "UTC"), print(day(), "UTC"));
}
