//! What the fold costs: a purchase that begins, and lives of several messages; alone, and with the plan that
//! a decision makes of it. Run with `cargo bench -p holdfast-ledger`.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use holdfast_ledger::book::{Account, AccountBalance, AccountKind, AccountState};
use holdfast_ledger::fact::{Fact, Kind, Links, Message, Role, Source, State};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use std::error::Error;
use std::hint::black_box;

/// 2026-11-30, noon.
const NOON: Moment = Moment(1_796_040_000_000);

fn fact(number: i64, kind: Kind, amount: &str) -> Result<Fact, Box<dyn Error>> {
    let token = |number: i64| TransactionToken::parse(&format!("t-{number}"));
    Ok(Fact {
        created: Some(Moment(NOON.0 + number * 1_000)),
        preceding: (number > 0).then(|| token(number - 1)).transpose()?,
        days: Some(7),
        ..Fact::new(
            token(number)?,
            match number {
                0 => Source::Decision,
                _ => Source::Notified(State::parse("PENDING")),
            },
            kind,
            Amount::parse(amount)?,
            Currency::parse("USD").ok_or("no dollars")?,
        )
    })
}

/// A purchase with so many messages: an authorization, then increments and partial reversals in turn.
fn hold(messages: i64) -> Result<Hold, Box<dyn Error>> {
    let mut hold = Hold::open(HoldId::parse("h-1")?, Policy::default(), NOON);
    for number in 0..messages {
        let kind = match number {
            0 => Kind::Original,
            odd if odd % 2 == 1 => Kind::Increment,
            _ => Kind::PartialReversal,
        };
        hold.add_fact(fact(number, kind, "10.00")?);
    }
    hold.standing = hold.fold_standing()?;
    Ok(hold)
}

fn account() -> Result<Account, Box<dyn Error>> {
    let token = AccountToken::parse("payer")?;
    let mut account = Account::new(token, AccountState::Active, AccountKind::User);
    let balance = AccountBalance {
        posted: Signed::new(Amount::parse("1000")?.value()),
        ..AccountBalance::default()
    };
    let dollars = Currency::parse("USD").ok_or("no dollars")?;
    account.balances.insert(dollars, balance);
    Ok(account)
}

fn original() -> Result<Message, Box<dyn Error>> {
    let fact = fact(0, Kind::Original, "42.10")?;
    Ok(Message {
        links: Links::new(fact.token.clone()),
        fact,
        role: Role::Original,
    })
}

fn bench(criterion: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let mut group = criterion.benchmark_group("fold a purchase of so many messages");
    for messages in [1, 4, 16, 64] {
        let hold = hold(messages)?;
        group.bench_with_input(BenchmarkId::from_parameter(messages), &hold, |b, hold| {
            b.iter(|| black_box(hold).fold_standing());
        });
    }
    group.finish();
    let (account, original, id) = (account()?, original()?, HoldId::parse("h-2")?);
    criterion.bench_function("plan a purchase and apply_plan it", |bencher| {
        bencher.iter(|| {
            let mut account = black_box(&account).clone();
            let plan = account.plan(&original, &id, Policy::default(), NOON);
            plan.map(|plan| account.apply_plan(plan))
        });
    });
    Ok(())
}

fn folds(criterion: &mut Criterion) {
    if let Err(error) = bench(criterion) {
        eprintln!("the purchases cannot be made: {error}");
        std::process::exit(1);
    }
}

criterion_group! {
    name = all;
    config = Criterion::default().without_plots();
    targets = folds
}
criterion_main!(all);
