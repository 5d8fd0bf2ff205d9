//! Programs as tables, one line a step, to be read by people and run again.

use crate::changes::{self, Change};
use crate::program::{Account, Currency, Ending, Links, MCCS, Message, Notified, Program, Step};
use crate::wording::wording;
use std::fmt::Write;

const DAY: i64 = 86_400;

pub(crate) const ENDINGS: [(Ending, &str); 11] = [
    (Ending::Answered, "as-answered"),
    (Ending::Refusal, "if-declined"),
    (Ending::Done, "done"),
    (Ending::Final, "final"),
    (Ending::Cleared, "cleared"),
    (Ending::Pending, "pending"),
    (Ending::Declined, "declined"),
    (Ending::Error, "error"),
    (Ending::TimedOut, "timed-out"),
    (Ending::Strange, "strange-state"),
    (Ending::Twin, "twin"),
];

/// The table of a program.
pub(crate) fn write(program: &Program) -> String {
    let mut text = format!("seed {}\n", program.seed);
    for (number, account) in program.accounts.iter().enumerate() {
        let kind = if account.is_business {
            "business"
        } else {
            "user"
        };
        let _ = write!(text, "account {number} {kind}");
        for (currency, amount) in &account.money {
            let _ = write!(text, " {} {}", currency.text(*amount), currency.code());
        }
        text.push('\n');
    }
    for message in &program.messages {
        let _ = writeln!(text, "{}", line(message));
    }
    for change in &program.changes {
        let _ = writeln!(text, "{}", change_line(change));
    }
    for step in &program.steps {
        let step = match step {
            Step::Ask(messages) => {
                let messages: Vec<String> = messages.iter().map(u32::to_string).collect();
                format!("ask {}", messages.join(" "))
            }
            Step::Notify(items) => {
                let items = items
                    .iter()
                    .map(|t| format!("{}={}", t.message, name(t.ending)));
                format!("notify {}", items.collect::<Vec<_>>().join(" "))
            }
            Step::Change(changes) => {
                let changes: Vec<String> = changes.iter().map(u32::to_string).collect();
                format!("change {}", changes.join(" "))
            }
            Step::Apply => "apply".to_owned(),
            Step::Expire => "expire".to_owned(),
        };
        let _ = writeln!(text, "{step}");
    }
    text
}

fn change_line(change: &Change) -> String {
    let card = change.card.map(|card| format!(" card {card}"));
    let at = change.at.map_or_else(|| "never".to_owned(), time);
    format!(
        "turns {} account {}{} into {} at {at}{}",
        change.id,
        change.account,
        card.unwrap_or_default(),
        change.state,
        if change.names_account { " named" } else { "" },
    )
}

fn read_change(words: &[&str]) -> Change {
    let after = |name: &str| {
        let place = words.iter().position(|word| *word == name)?;
        words.get(place + 1).copied()
    };
    let at = after("at").unwrap();
    Change {
        id: words[0].parse().unwrap(),
        account: after("account").unwrap().parse().unwrap(),
        card: after("card").map(|card| card.parse().unwrap()),
        state: changes::state(after("into").unwrap()).unwrap(),
        at: (at != "never").then(|| second(at)),
        names_account: words.contains(&"named"),
    }
}

fn line(message: &Message) -> String {
    let currency = message.currency;
    let mut text = format!(
        "message {} purchase {} account {} card {} at {} {} {} {}",
        message.id,
        message.purchase,
        message.account,
        message.card,
        time(message.at),
        message.wording.name,
        currency.text(message.amount),
        currency.code(),
    );
    let mut note = |name: &str, value: Option<String>| {
        let _ = value.map(|value| write!(text, " {name}={value}"));
    };
    let money = |amount: Option<i64>| amount.map(|amount| currency.text(amount));
    note("original", message.links.original.map(|id| id.to_string()));
    note("follows", message.links.preceding.map(|id| id.to_string()));
    note("series", message.links.series.map(|id| id.to_string()));
    note("asked", money(message.asked));
    note("whole", money(message.whole));
    note("expires", message.expires.map(time));
    note("releases", money(message.release));
    note("mcc", Some(message.mcc.to_owned()));
    note("shop", message.shop.map(|shop| shop.to_string()));
    let part = message.part;
    note(
        "part",
        part.map(|(number, count)| format!("{number}/{count}")),
    );
    for (is_set, name) in [
        (message.links.order, "order"),
        (message.is_last, "last"),
        (message.is_fast, "fast"),
        (message.is_bare, "bare"),
        (message.is_timeless, "timeless"),
    ] {
        if is_set {
            let _ = write!(text, " {name}");
        }
    }
    text
}

fn name(ending: Ending) -> &'static str {
    ENDINGS
        .iter()
        .find(|(known, _)| *known == ending)
        .unwrap()
        .1
}

/// `-9d+01:02:03`: a day counted from the run's beginning, and the time since that.
fn time(at: i64) -> String {
    let (day, rest) = (at.div_euclid(DAY), at.rem_euclid(DAY));
    format!(
        "{day}d+{:02}:{:02}:{:02}",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

/// Reads a table.
///
/// # Panics
/// When it is none.
pub(crate) fn read(text: &str) -> Program {
    let mut program = Program::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["seed", seed] => program.seed = seed.parse().unwrap(),
            ["account", _, kind, money @ ..] => program.accounts.push(Account {
                is_business: *kind == "business",
                money: money.chunks(2).map(sum).collect(),
            }),
            ["message", words @ ..] => program.messages.push(read_message(words)),
            ["turns", words @ ..] => program.changes.push(read_change(words)),
            ["change", changes @ ..] => {
                let changes = changes.iter().map(|id| id.parse().unwrap());
                program.steps.push(Step::Change(changes.collect()));
            }
            ["ask", messages @ ..] => {
                let messages = messages.iter().map(|id| id.parse().unwrap());
                program.steps.push(Step::Ask(messages.collect()));
            }
            ["notify", items @ ..] => {
                let items = items
                    .iter()
                    .map(|notified| read_notified(notified))
                    .collect();
                program.steps.push(Step::Notify(items));
            }
            ["apply"] => program.steps.push(Step::Apply),
            ["expire"] => program.steps.push(Step::Expire),
            _ => panic!("cannot read the line: {line}"),
        }
    }
    program
}

fn sum(words: &[&str]) -> (Currency, i64) {
    let currency = currency(words[1]);
    (currency, minor(words[0], currency))
}

fn read_notified(text: &str) -> Notified {
    let (message, ending) = text.split_once('=').unwrap();
    let (ending, _) = ENDINGS.iter().find(|(_, name)| *name == ending).unwrap();
    Notified {
        message: message.parse().unwrap(),
        ending: *ending,
    }
}

fn read_message(words: &[&str]) -> Message {
    let [
        id,
        "purchase",
        purchase,
        "account",
        account,
        "card",
        card,
        "at",
        at,
        name,
        amount,
        code,
        notes @ ..,
    ] = words
    else {
        panic!("cannot read the message: {words:?}");
    };
    let currency = currency(code);
    let noted = |name: &str| {
        let mut notes = notes.iter().filter_map(|note| note.split_once('='));
        notes
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    };
    let id_of = |name: &str| noted(name).map(|id| id.parse().unwrap());
    let money = |name: &str| noted(name).map(|amount| minor(amount, currency));
    Message {
        id: id.parse().unwrap(),
        purchase: purchase.parse().unwrap(),
        account: account.parse().unwrap(),
        at: second(at),
        wording: wording(name).unwrap_or_else(|| panic!("no type is called {name}")),
        amount: minor(amount, currency),
        currency,
        card: card.parse().unwrap(),
        links: Links {
            original: id_of("original"),
            preceding: id_of("follows"),
            series: id_of("series"),
            order: notes.contains(&"order"),
        },
        asked: money("asked"),
        whole: money("whole"),
        expires: noted("expires").map(second),
        release: money("releases"),
        mcc: noted("mcc").map_or(MCCS[0], read_mcc),
        shop: id_of("shop"),
        part: noted("part").map(read_part),
        is_last: notes.contains(&"last"),
        is_fast: notes.contains(&"fast"),
        is_bare: notes.contains(&"bare"),
        is_timeless: notes.contains(&"timeless"),
    }
}

fn read_mcc(text: &str) -> &'static str {
    MCCS.iter().find(|mcc| **mcc == text).unwrap()
}

fn read_part(text: &str) -> (u16, u16) {
    let (number, count) = text.split_once('/').unwrap();
    (number.parse().unwrap(), count.parse().unwrap())
}

fn currency(code: &str) -> Currency {
    let found = Currency::ALL
        .into_iter()
        .find(|currency| currency.code() == code);
    found.unwrap_or_else(|| panic!("no currency is called {code}"))
}

fn minor(text: &str, currency: Currency) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    assert_eq!(part.len(), currency.exponent(), "{text}");
    format!("{whole}{part}").parse().unwrap()
}

fn second(text: &str) -> i64 {
    let (day, clock) = text.split_once("d+").unwrap();
    let clock: Vec<i64> = clock.split(':').map(|part| part.parse().unwrap()).collect();
    day.parse::<i64>().unwrap() * DAY + clock[0] * 3600 + clock[1] * 60 + clock[2]
}
