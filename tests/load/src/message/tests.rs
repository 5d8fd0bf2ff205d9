//! What is sent is what Holdfast reads: whole, with the tokens meant, linked as meant.

use super::{Messages, Purchase};
use crate::template::Template;
use crate::tokens::Series;
use anyhow::{Context, Result};
use holdfast_marqeta::Transaction;
use holdfast_marqeta::envelope::Envelope;
use serde_json::Value;

const SERIES: Series = Series(9);

fn messages() -> Messages {
    Messages::new(([127, 0, 0, 1], 80).into(), SERIES)
}

fn body(mut template: Template, of: &[Purchase]) -> Result<String> {
    let filled = template.fill(of).to_vec();
    let text = String::from_utf8(filled)?;
    let (_, body) = text.split_once("\r\n\r\n").context("no body")?;
    Ok(body.to_owned())
}

#[test]
fn a_purchase_has_the_usual_size_and_its_own_tokens() -> Result<()> {
    let text = body(messages().purchase()?, &[Purchase::new(12, 34)])?;
    assert!((2_000..3_000).contains(&text.len()), "{}", text.len());
    assert!(!text.contains("7777777"), "{text}");
    let request =
        Transaction::parse_request(text.as_bytes()).map_err(|bad| anyhow::anyhow!("{bad:?}"))?;
    assert_eq!(request.token.as_str(), SERIES.text(b't', 34));
    let account = request.account().context("no account")?;
    assert_eq!(account.as_str(), "load-0000012");
    Ok(())
}

#[test]
fn an_increment_follows_the_purchase_before() -> Result<()> {
    let of = Purchase {
        account: 1,
        number: 8,
        before: 7,
    };
    let value: Value = serde_json::from_str(&body(messages().increment()?, &[of])?)?;
    assert_eq!(value["token"], SERIES.text(b't', 8));
    assert_eq!(
        value["preceding_related_transaction_token"],
        SERIES.text(b't', 7)
    );
    assert_eq!(value["gpa_order"]["token"], SERIES.text(b'o', 7));
    let jit = &value["gpa_order"]["jit_funding"];
    assert_eq!(jit["original_jit_funding_token"], SERIES.text(b'j', 7));
    Ok(())
}

#[test]
fn clearings_are_of_the_purchases_of_the_same_numbers() -> Result<()> {
    let of = [Purchase::new(1, 5), Purchase::new(2, 6)];
    let text = body(messages().clearing(2)?, &of)?;
    assert!(Envelope::parse(text.as_bytes()).is_ok());
    let value: Value = serde_json::from_str(&text)?;
    for (place, number) in [(0, 5), (1, 6)] {
        let item = &value["transactions"][place];
        assert_eq!(item["type"], "authorization.clearing");
        assert_eq!(item["token"], SERIES.text(b'c', number));
        let before = &item["preceding_related_transaction_token"];
        assert_eq!(*before, SERIES.text(b't', number));
        let jit = &item["gpa_order"]["jit_funding"];
        assert_eq!(jit["original_jit_funding_token"], SERIES.text(b'j', number));
    }
    Ok(())
}
