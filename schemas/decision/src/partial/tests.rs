//! Each condition of a partial approval, and what the account then pays.

use super::{Terms, offer_part};
use crate::case::Part;
use crate::case::{Card, Case, Effect};
use crate::{ControlPolicy, DecisionOutcome, Purchase, PurchaseStep, Refusal, decide_case};
use holdfast_ledger::book::{Account, AccountKind, AccountState, Plan};
use holdfast_ledger::control::TransactionAttributes;
use holdfast_ledger::entry::{Layer, Side, entry_pair};
use holdfast_ledger::fact::{Fact, Kind, Links, Message, Role, Source, State};
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};

const ALL_SET: Terms = Terms {
    wanted: true,
    capable: true,
    goods_alone: false,
    cash_back: Amount::ZERO,
    all_or_nothing: false,
};

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

fn account(code: &str, posted: Signed) -> Account {
    let token = AccountToken::parse("payer").unwrap();
    let mut account = Account::new(token, AccountState::Active, AccountKind::User);
    let currency = Currency::parse(code).unwrap();
    account.open_balance(currency);
    let money = entry_pair(Side::ProgramFunding, Layer::Settled, currency, posted);
    account.post_entries(&money).unwrap();
    account
}

fn message(account: &Account, own: &str, of: Option<&str>, kind: Kind, sum: Amount) -> Message {
    let token = |text| TransactionToken::parse(text).unwrap();
    let currency = *account.balances.keys().next().unwrap();
    let role = if of.is_some() {
        Role::FollowUp
    } else {
        Role::Original
    };
    let fact = Fact {
        preceding: of.map(token),
        ..Fact::new(token(own), Source::Decision, kind, sum, currency)
    };
    let links = Links {
        preceding: of.map(token),
        ..Links::new(token(own))
    };
    Message { fact, links, role }
}

fn plan(account: &Account, message: &Message) -> Plan {
    let id = HoldId::numbered("h-", 1);
    account
        .plan(message, &id, Policy::default(), Moment(0))
        .unwrap()
}

/// Puts the question as the front does: the whole, else the part that is offered.
fn outcome(
    account: &Account,
    terms: &Terms,
    effect: Effect,
    kind: &Kind,
    asked: &str,
) -> DecisionOutcome {
    let planned = |sum| plan(account, &message(account, "t", None, kind.clone(), sum));
    let (asked, currency) = (amount(asked), *account.balances.keys().next().unwrap());
    let whole = planned(asked);
    let mut case = Case {
        account: Some(account),
        honors_account_transitions: true,
        card: Card::None,
        method: "pgfs.authorization",
        effect,
        currency_code: currency.code(),
        currency: Some(currency),
        amount: asked,
        plan: Some(&whole),
        spends: None,
        part: None,
        purchase: Purchase {
            step: PurchaseStep::Begins,
            when: Moment(0),
            card: None,
            product: None,
            mcc: None,
            mid: None,
            attributes: &TransactionAttributes::default(),
        },
        controls: &account.controls,
        policy: ControlPolicy::default(),
    };
    let part = offer_part(&case, terms).map(|sum| (sum, planned(sum)));
    case.part = part.as_ref().map(|(amount, plan)| Part {
        amount: *amount,
        plan,
    });
    decide_case(&case).outcome
}

fn purchase(account: &Account, terms: &Terms, asked: &str) -> DecisionOutcome {
    outcome(account, terms, Effect::Purchase, &Kind::Original, asked)
}

const REFUSED: DecisionOutcome = DecisionOutcome::Refused(Refusal::InsufficientFunds);

#[test]
fn what_is_available_is_approved_where_the_whole_is_not_covered() {
    for (code, has, asked, expected) in [
        (
            "USD",
            "30.00",
            "42.10",
            DecisionOutcome::Reduced(amount("30")),
        ),
        ("USD", "30.00", "30.00", DecisionOutcome::Approved),
        (
            "USD",
            "0.01",
            "42.10",
            DecisionOutcome::Reduced(amount("0.01")),
        ),
        ("USD", "0", "42.10", REFUSED),
        ("JPY", "499", "500", DecisionOutcome::Reduced(amount("499"))),
    ] {
        let account = account(code, amount(has).credit());
        assert_eq!(
            purchase(&account, &ALL_SET, asked),
            expected,
            "{has} {asked}"
        );
        let debit = outcome(&account, &ALL_SET, Effect::Purchase, &Kind::Debit, asked);
        assert_eq!(debit, expected, "{has} {asked}");
    }
}

#[test]
fn each_condition_is_needed() {
    let account = account("USD", amount("30").credit());
    let unwanted = Terms {
        wanted: false,
        ..ALL_SET
    };
    let incapable = Terms {
        capable: false,
        ..ALL_SET
    };
    assert_eq!(purchase(&account, &unwanted, "42.10"), REFUSED);
    assert_eq!(purchase(&account, &incapable, "42.10"), REFUSED);
    let more = outcome(&account, &ALL_SET, Effect::Books, &Kind::Original, "42.10");
    assert_eq!(more, REFUSED, "an increment is all or nothing");
    let mut suspended = account.clone();
    suspended.state = AccountState::Suspended;
    assert_eq!(
        purchase(&suspended, &ALL_SET, "42.10"),
        DecisionOutcome::Refused(Refusal::SuspendedAccount)
    );
}

#[test]
fn of_a_purchase_with_cash_back_the_goods_alone_are_approved_or_nothing() {
    let terms = |goods_alone, cash: &str| Terms {
        goods_alone,
        cash_back: amount(cash),
        ..ALL_SET
    };
    let account = account("USD", amount("50").credit());
    for (goods_alone, cash, expected) in [
        (true, "20", DecisionOutcome::Reduced(amount("40"))),
        (true, "10", DecisionOutcome::Reduced(amount("50"))),
        (true, "9.99", REFUSED),
        (true, "60", REFUSED),
        (true, "70", REFUSED),
        (false, "20", REFUSED),
        (true, "0", DecisionOutcome::Reduced(amount("50"))),
        (false, "0", DecisionOutcome::Reduced(amount("50"))),
    ] {
        let got = purchase(&account, &terms(goods_alone, cash), "60");
        assert_eq!(got, expected, "{goods_alone} {cash}");
    }
}

/// The account after a message that came before its authorization.
fn notified_before(has: &str, kind: Kind, state: State, sum: &str) -> Account {
    let mut account = account("USD", amount(has).credit());
    let mut earlier = message(&account, "f", Some("t"), kind, amount(sum));
    earlier.fact.source = Source::Notified(state);
    let plan = plan(&account, &earlier);
    account.apply_plan(plan);
    account
}

#[test]
fn what_was_cleared_before_the_request_is_not_missing() {
    let clearing = Kind::Clearing {
        is_final: false,
        released: Amount::ZERO,
        record: Default::default(),
    };
    for (has, expected) in [
        ("100", DecisionOutcome::Approved),
        // 30 are left and 40 more would be held: 10 are missing.
        ("90", DecisionOutcome::Reduced(amount("90"))),
        ("60", DecisionOutcome::Reduced(amount("60"))),
        // In debt already, and nothing more is taken.
        ("20", DecisionOutcome::Reduced(amount("60"))),
    ] {
        let account = notified_before(has, clearing.clone(), State::Completion, "60");
        assert_eq!(purchase(&account, &ALL_SET, "100"), expected, "{has}");
    }
}

#[test]
fn what_was_let_go_before_the_request_is_not_missing() {
    let account = notified_before("20", Kind::PartialReversal, State::Pending, "30");
    let expected = DecisionOutcome::Reduced(amount("50"));
    assert_eq!(purchase(&account, &ALL_SET, "100"), expected);
}

#[test]
fn cash_is_all_or_nothing() {
    let account = account("USD", amount("100").credit());
    let cash = Terms {
        all_or_nothing: true,
        ..ALL_SET
    };
    assert_eq!(purchase(&account, &cash, "150"), REFUSED);
}
