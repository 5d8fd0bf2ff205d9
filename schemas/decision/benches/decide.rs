//! What the checks of one purchase cost, with 50 spending limits that apply to it among 5,000.
//! Run with `cargo bench -p holdfast-decision`.

use criterion::{Criterion, criterion_group, criterion_main};
use holdfast_decision::{
    Card, Case, ControlPolicy, DecisionOutcome, Effect, Purchase, PurchaseStep, decide_case,
};
use holdfast_ledger::book::{Account, AccountKind, AccountState, Plan};
use holdfast_ledger::control::{
    Applies, ControlSet, Counts, Definition, Limit, MerchantScope, TransactionAttributes,
    VelocityControl, Window, Zone,
};
use holdfast_ledger::entry::{Layer, Side, entry_pair};
use holdfast_ledger::fact::{CardAndMerchant, Fact, Kind, Links, Message, Role, Source};
use holdfast_ledger::hold::MccRange;
use holdfast_ledger::money::{Amount, Currency, Overflow};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{
    AccountToken, CardToken, ControlToken, HoldId, TokenError, TransactionToken,
};
use holdfast_ledger::usage::Use;
use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;

/// 2026-11-24, noon.
const NOON: Moment = Moment(1_795_521_600_000);
const ALL: usize = 5_000;
const APPLY: usize = 50;

/// A limit of this account, its card, or the program where it applies; of another account where not.
fn limit(number: usize) -> Result<VelocityControl, Box<dyn Error>> {
    let applies = match number {
        0..10 => Applies::Program,
        10..30 => Applies::Account(AccountToken::parse("payer")?),
        30..APPLY => Applies::Card(CardToken::parse("blue")?),
        other => Applies::Account(AccountToken::parse(&format!("other-{other}"))?),
    };
    let merchants = match number % 3 {
        0 => MerchantScope::All,
        1 => MerchantScope::Mcc(MccRange::parse("5000-5999")?),
        _ => MerchantScope::Mid("000445522110".to_owned()),
    };
    Ok(VelocityControl {
        token: ControlToken::parse(&format!("limit-{number:04}"))?,
        name: None,
        active: true,
        limit: Limit {
            amount: Amount::parse("1000000")?,
            uses: Some(1_000),
        },
        currency: dollars()?,
        window: Window::ALL[number % Window::ALL.len()],
        approvals_only: true,
        counts: Counts::default(),
        applies,
        merchants,
        created: Moment(0),
    })
}

fn dollars() -> Result<Currency, &'static str> {
    Currency::parse("USD").ok_or("no dollars")
}

fn purchase() -> Result<Message, Box<dyn Error>> {
    let own = TransactionToken::parse("t-1")?;
    let card_and_merchant = CardAndMerchant {
        card: Some(CardToken::parse("blue")?),
        merchant: Some("000445522110".to_owned()),
        mcc: Some("5411".to_owned()),
        ..CardAndMerchant::default()
    };
    let fact = Fact {
        created: Some(NOON),
        days: Some(7),
        card_and_merchant: Some(card_and_merchant),
        ..Fact::new(
            own.clone(),
            Source::Decision,
            Kind::Original,
            Amount::parse("42.10")?,
            dollars()?,
        )
    };
    let (jit, original_jit, preceding, order, original) = (None, None, None, None, None);
    let links = Links {
        jit,
        original_jit,
        preceding,
        order,
        original,
        ..Links::new(own)
    };
    Ok(Message {
        fact,
        links,
        role: Role::Original,
    })
}

/// An account with money under the limits, its counters filled.
fn account(controls: ControlSet) -> Result<Account, Box<dyn Error>> {
    let token = AccountToken::parse("payer")?;
    let mut account = Account::new(token, AccountState::Active, AccountKind::User);
    let money = Amount::parse("1000")?.credit();
    account.post_entries(&entry_pair(
        Side::ProgramFunding,
        Layer::Settled,
        dollars()?,
        money,
    ))?;
    account.controls = Arc::new(controls);
    let controls = Arc::clone(&account.controls);
    let mut counters = account.counters.clone();
    for number in 0..APPLY {
        let token = ControlToken::parse(&format!("limit-{number:04}"))?;
        let velocity = controls.velocity(&token).ok_or("no such limit")?;
        counters.fill_counter(
            velocity,
            &account.token,
            &controls,
            None,
            std::iter::empty(),
        )?;
    }
    account.replace_counters(counters);
    Ok(account)
}

struct Asked {
    account: Account,
    message: Message,
    made: Use,
    card: CardToken,
    attributes: TransactionAttributes,
    hold: HoldId,
}

impl Asked {
    fn new() -> Result<Self, Box<dyn Error>> {
        let limits = (0..ALL).map(|number| limit(number).map(Definition::Velocity));
        let controls = limits.collect::<Result<_, _>>()?;
        let message = purchase()?;
        let fact = &message.fact;
        Ok(Self {
            account: account(ControlSet::new(1, Zone::utc(), controls))?,
            made: Use::of_fact(fact, fact.currency, fact.amount, NOON),
            message,
            card: CardToken::parse("blue").map_err(|error: TokenError| error.to_string())?,
            attributes: TransactionAttributes::default(),
            hold: HoldId::numbered("h-", 1),
        })
    }

    fn plan(&self) -> Result<Plan, Overflow> {
        self.account
            .plan(&self.message, &self.hold, Policy::default(), NOON)
    }

    /// The checks, and whether it is approved.
    fn decide(&self, plan: &Plan) -> bool {
        let fact = &self.message.fact;
        let decision = decide_case(&Case {
            account: Some(&self.account),
            honors_account_transitions: true,
            card: Card::Own { active: true },
            method: "pgfs.authorization",
            effect: Effect::Purchase,
            currency_code: fact.currency.code(),
            currency: Some(fact.currency),
            amount: fact.amount,
            spends: Some(&self.made),
            plan: Some(plan),
            part: None,
            purchase: Purchase {
                step: PurchaseStep::Begins,
                when: NOON,
                card: Some(&self.card),
                product: None,
                mcc: Some("5411"),
                mid: Some("000445522110"),
                attributes: &self.attributes,
            },
            controls: &self.account.controls,
            policy: ControlPolicy::default(),
        });
        decision.outcome == DecisionOutcome::Approved
    }
}

fn decisions(criterion: &mut Criterion) {
    let Ok(asked) = Asked::new() else {
        return;
    };
    let Ok(plan) = asked.plan() else {
        return;
    };
    assert!(asked.decide(&plan), "approved");
    criterion.bench_function("decide, 50 limits of 5,000", |bencher| {
        bencher.iter(|| asked.decide(black_box(&plan)));
    });
    criterion.bench_function("plan and decide, 50 limits of 5,000", |bencher| {
        bencher.iter(|| {
            asked
                .plan()
                .is_ok_and(|plan| asked.decide(black_box(&plan)))
        });
    });
}

criterion_group!(benches, decisions);
criterion_main!(benches);
