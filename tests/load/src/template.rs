//! A whole HTTP request, rendered once; only tokens and accounts are written over it each time.

use crate::tokens::{LENGTH, Series};
use base64::Engine;
use std::net::SocketAddr;

/// Accounts are `load-` and seven digits, so that requests do not change their length.
pub(crate) const ACCOUNT_DIGITS: usize = 7;

/// What one item of a request is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Purchase {
    pub(crate) account: u32,
    pub(crate) number: u64,
    /// The purchase that it follows.
    pub(crate) before: u64,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The account's digits.
    Account,
    /// A token of this purchase.
    Own(u8),
    /// A token of the purchase before.
    Before(u8),
}

/// Where a request goes, and what lets it in.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) host: SocketAddr,
    pub(crate) path: &'static str,
    pub(crate) credentials: &'static str,
}

/// A request with places.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    series: Series,
    bytes: Vec<u8>,
    slots: Vec<(usize, usize, Slot)>,
}

impl Template {
    /// A request whose body is `before`, the items parted by commas, `after`. In each item the texts
    /// named are places.
    pub(crate) fn new(
        address: &Address,
        series: Series,
        items: usize,
        item: &str,
        places: &[(String, Slot)],
        (before, after): (&str, &str),
    ) -> Self {
        let body = format!("{before}{}{after}", vec![item; items].join(","));
        let head = head(address, body.len());
        let first = head.len() + before.len();
        let found = find(item, places);
        let slots = (0..items)
            .flat_map(|n| {
                let start = first + n * (item.len() + 1);
                found
                    .iter()
                    .map(move |(place, slot)| (n, start + place, *slot))
            })
            .collect();
        Self {
            series,
            bytes: (head + &body).into_bytes(),
            slots,
        }
    }

    /// The request about these purchases, one an item.
    pub(crate) fn fill(&mut self, of: &[Purchase]) -> &[u8] {
        for (item, place, slot) in &self.slots {
            let purchase = of.get(*item).copied().unwrap_or_default();
            let (letter, number) = match slot {
                Slot::Account => {
                    let digits = self.bytes.get_mut(*place..place + ACCOUNT_DIGITS);
                    decimal(purchase.account, digits.unwrap_or_default());
                    continue;
                }
                Slot::Own(letter) => (*letter, purchase.number),
                Slot::Before(letter) => (*letter, purchase.before),
            };
            let token = self.bytes.get_mut(*place..place + LENGTH);
            self.series.write(letter, number, token.unwrap_or_default());
        }
        &self.bytes
    }
}

fn head(address: &Address, length: usize) -> String {
    let Address {
        host,
        path,
        credentials,
    } = address;
    let credentials = base64::engine::general_purpose::STANDARD.encode(credentials);
    format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Basic {credentials}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    )
}

fn find(item: &str, places: &[(String, Slot)]) -> Vec<(usize, Slot)> {
    let mut found = Vec::new();
    for (text, slot) in places {
        found.extend(item.match_indices(text).map(|(place, _)| (place, *slot)));
    }
    found
}

fn decimal(mut number: u32, over: &mut [u8]) {
    for byte in over.iter_mut().rev() {
        *byte = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Purchase, Slot, Template};
    use crate::tokens::Series;

    #[test]
    fn every_place_of_every_item_is_written_over() {
        let address = Address {
            host: ([127, 0, 0, 1], 80).into(),
            path: "/x",
            credentials: "a:b",
        };
        let token = "9".repeat(36);
        let before = "8".repeat(36);
        let item = format!("<load-7777777 {token} {before} {token}>");
        let places = [
            ("7777777".to_owned(), Slot::Account),
            (token, Slot::Own(b't')),
            (before, Slot::Before(b'j')),
        ];
        let series = Series(1);
        let mut template = Template::new(&address, series, 2, &item, &places, ("[", "]"));
        let of = |account, number, before| Purchase {
            account,
            number,
            before,
        };
        let filled = template.fill(&[of(12, 5, 4), of(13, 6, 0)]).to_vec();
        let text = String::from_utf8_lossy(&filled);
        let (t, j) = (|n| series.text(b't', n), |n| series.text(b'j', n));
        let first = format!("<load-0000012 {} {} {}>", t(5), j(4), t(5));
        let second = format!("<load-0000013 {} {} {}>", t(6), j(0), t(6));
        let body = format!("[{first},{second}]");
        assert!(text.ends_with(&format!("content-length: {}\r\n\r\n{body}", body.len())));
    }
}
