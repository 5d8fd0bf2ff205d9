//! Purchases as tables, so that what fails can be read.

use super::text;
use proptest::prelude::*;
use proptest::sample::select;

/// How follow-ups are tied to their purchase.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ties {
    /// By the JIT group, the message before, and the order.
    All,
    /// Each by one of them only.
    One,
}

/// One kind of purchase: how it begins, and what may follow.
#[derive(Debug)]
struct Family {
    original: &'static str,
    follow_ups: &'static [&'static str],
    links: &'static [&'static str],
}

const LINKS: &[&str] = &["link=jit", "link=preceding", "link=order"];

const PURCHASE: &[&str] = &[
    "incr",
    "incr",
    "advice",
    "reverse",
    "reverse full",
    "issuer-expiry",
    "clear",
    "clear",
    "clear final",
    "clear release=7.00",
    "clear cur=EUR",
    "clear cur=EUR final",
    "nothing",
    "expire",
    "expire",
    "release",
];

const FAMILIES: &[Family] = &[
    Family {
        original: "auth",
        follow_ups: PURCHASE,
        links: LINKS,
    },
    Family {
        original: "standin",
        follow_ups: PURCHASE,
        links: &["link=preceding", "link=order"],
    },
    Family {
        original: "debit",
        follow_ups: &["undo-debit"],
        links: LINKS,
    },
    Family {
        original: "credit-auth",
        follow_ups: &["credit-clear", "credit-reverse", "expire"],
        links: LINKS,
    },
    Family {
        original: "credit-auth fast",
        follow_ups: &["credit-clear", "credit-reverse", "expire"],
        links: LINKS,
    },
    // What stands alone is found by its own name only.
    Family {
        original: "credit",
        follow_ups: &["credit-reverse"],
        links: &["link=preceding"],
    },
    Family {
        original: "force",
        follow_ups: &["nothing"],
        links: &["link=preceding"],
    },
];

/// The rows of one to three purchases.
pub(crate) fn purchases(ties: Ties) -> impl Strategy<Value = Vec<String>> {
    let families = prop::collection::vec(0..FAMILIES.len() + 3, 1..4);
    families.prop_flat_map(move |families| {
        let purchase = |(number, family): (usize, usize)| {
            // Every second one or so is a plain purchase.
            purchase(number, FAMILIES.get(family).unwrap_or(&FAMILIES[0]), ties)
        };
        let purchases: Vec<_> = families.into_iter().enumerate().map(purchase).collect();
        purchases.prop_map(|rows| rows.concat())
    })
}

fn purchase(
    number: usize,
    family: &'static Family,
    ties: Ties,
) -> impl Strategy<Value = Vec<String>> + use<> {
    let has_original = prop::bool::weighted(0.85);
    let original = words().prop_map(move |(amount, at, also)| {
        let token = format!("p{number}t0");
        with_others(
            &format!("{} {token} {amount}{at}", family.original),
            &token,
            &also,
        )
    });
    let follow_up = (
        select(family.follow_ups),
        select(family.links),
        any::<prop::sample::Index>(),
        words(),
    );
    (
        has_original,
        original,
        prop::collection::vec(follow_up, 0..6),
    )
        .prop_map(move |(has_original, mut rows, follow_ups)| {
            if !has_original {
                rows.clear();
            }
            for (index, (verb, link, parent, said)) in (1..).zip(follow_ups) {
                let parent = parent.index(index);
                let link = if matches!(ties, Ties::One) { link } else { "" };
                rows.extend(follow_up_rows(number, index, verb, parent, link, said));
            }
            rows
        })
}

type Words = (String, String, Vec<String>);

fn follow_up_rows(
    purchase: usize,
    index: usize,
    verb: &str,
    parent: usize,
    link: &str,
    (amount, at, also): Words,
) -> Vec<String> {
    if ["expire", "release"].contains(&verb) {
        return vec![format!("{verb} p{purchase}t0 at={}", 6 + index * 2)];
    }
    let token = format!("p{purchase}t{index}");
    let row = format!("{verb} {token} {amount} of=p{purchase}t{parent}{at} {link}");
    with_others(&row, &token, &also)
}

/// The row, and other words about the same message: our decision, another state, another amount.
fn with_others(row: &str, token: &str, also: &[String]) -> Vec<String> {
    let others = also.iter().map(|other| match other.split_once(' ') {
        Some(("again", state)) => format!("{row} {state}"),
        Some((verb, amount)) => format!("{verb} {token} {amount}"),
        None => format!("{other} {token}"),
    });
    std::iter::once(row.to_owned()).chain(others).collect()
}

/// An amount, a time (most rows have that of their line), and what else is said of the message.
fn words() -> impl Strategy<Value = Words> {
    let at = prop_oneof![
        6 => Just(String::new()),
        1 => Just(" at=none".to_owned()),
        2 => (0..10_u8).prop_map(|day| format!(" at={day}")),
    ];
    let other = prop_oneof![
        2 => (1..20_000_u32).prop_map(|cents| format!("ours {}", text(cents))),
        1 => Just("decline".to_owned()),
        1 => Just("error".to_owned()),
        2 => select(vec!["PENDING", "CLEARED", "COMPLETION", "HELD"])
            .prop_map(|state| format!("again state={state}")),
    ];
    let others = prop::collection::vec(other, 0..3);
    ((1..20_000_u32).prop_map(text), at, others)
}
