//! JSON that parsers stumble over: each trap is refused by name, or has no effect in a field that is not read.

mod values;

use crate::setup::Setup;
use holdfast_simulator::{Json, MessageKind};
use holdfast_tests::HttpResponse;
use holdfast_tests::message::{confirmed, with};
use std::fmt::Write;
use values::{nested, no_tokens, odd_values, poisons, raw, start};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_json_is_400_at_both_paths() {
    let mut setup = Setup::begin().await;
    let request = setup.messages.purchase("payer", "1.00").request();
    let body = request.to_string();
    let mut bodies: Vec<Vec<u8>> = Vec::new();
    for literal in [
        "NaN",
        "Infinity",
        "-Infinity",
        "01",
        ".5",
        "+1",
        "1.",
        "0x1",
        "undefined",
    ] {
        bodies.push(
            with(&request, "something_new", raw(literal))
                .to_string()
                .into(),
        );
    }
    bodies.push(format!("\u{feff}{body}").into());
    bodies.push(body.replacen('{', "{\"unread\":\"\u{1}\",", 1).into());
    bodies.push(body.replacen('{', "{\"unread\":\"a\nb\",", 1).into());
    bodies.push(
        [
            b"{\"unread\":\"\xed\xa0\x80\",".as_slice(),
            &body.as_bytes()[1..],
        ]
        .concat(),
    );
    bodies.push([b"{\"unread\":\"\xff\",".as_slice(), &body.as_bytes()[1..]].concat());
    bodies.push(format!("{body},").into());
    bodies.push("[".repeat(10_000).into());
    bodies.push("{\"a\":".repeat(10_000).into());
    for body in bodies {
        let shown = start(&String::from_utf8_lossy(&body));
        let code = |response: &HttpResponse| (response.status, response.string("error.code"));
        let asked = code(&setup.front.jit(body.clone()).await);
        assert!(
            [(400, "not_json".to_owned()), (400, "not_utf8".to_owned())].contains(&asked),
            "{shown}: {asked:?}"
        );
        let envelope = [b"{\"transactions\":[", body.as_slice(), b"]}"].concat();
        assert_eq!(setup.front.notify(envelope).await.status, 400, "{shown}");
    }
    assert_eq!(setup.decisions().await, 0);
    let stored = "select count(*) from notification";
    assert_eq!(setup.database.count(stored).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_with_a_key_twice_is_400_at_every_level_that_is_read() {
    let mut setup = Setup::begin().await;
    let request = setup.messages.purchase("payer", "1.00").request();
    let request = with(&request, "original_credit.fast_funds_enabled", false.into());
    let body = with(&request, "card_acceptor.poi.tid", "t-1".into()).to_string();
    for level in [
        "card_acceptor",
        "pos",
        "currency_conversion",
        "network",
        "original_credit",
    ] {
        // An object of that name: the network's own name is a text.
        let opened = format!("\"{level}\":{{");
        assert!(body.contains(&opened), "{level}");
        let doubled = format!("{opened}\"new\":1,\"n\\u0065w\":2,");
        let response = setup.front.jit(body.replacen(&opened, &doubled, 1)).await;
        assert_eq!(response.status, 400, "{level}: {}", response.text());
        assert_eq!(response.string("error.code"), "repeated_key", "{level}");
        let field = response.string("error.field");
        assert!(field.ends_with(&format!("{level}.new")), "{level}: {field}");
    }
    // These are not read.
    let unread = ["user", "acquirer", "fraud"]
        .iter()
        .fold(body, |body, level| {
            let opened = format!("\"{level}\":{{");
            let doubled = format!("{opened}\"new\":1,\"new\":2,");
            body.replacen(&opened, &doubled, 1)
        });
    assert_eq!(setup.front.jit(unread).await.verdict(), "200");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_of_the_wrong_type_is_named() {
    let mut setup = Setup::begin().await;
    let request = setup.messages.purchase("payer", "1.00").request();
    for field in [
        "token",
        "card_token",
        "preceding_related_transaction_token",
        "gpa_order.token",
        "gpa_order.jit_funding.token",
        "gpa_order.jit_funding.user_token",
        "gpa_order.jit_funding.original_jit_funding_token",
    ] {
        for value in no_tokens() {
            let response = setup
                .front
                .jit(with(&request, field, raw(&value)).to_string())
                .await;
            let rejection = (response.status, response.string("error.field"));
            assert_eq!(rejection, (400, field.to_owned()), "{}", start(&value));
        }
    }
    for field in ["type", "currency_code", "gpa_order.jit_funding.method"] {
        for value in ["7", "true", "[]", r#""\ud800""#, r#""a\u0000b""#] {
            let response = setup
                .front
                .jit(with(&request, field, raw(value)).to_string())
                .await;
            let rejection = (response.status, response.string("error.field"));
            assert_eq!(rejection, (400, field.to_owned()), "{value}");
        }
    }
    for field in ["gpa_order", "gpa_order.jit_funding"] {
        for value in ["7", "\"text\"", "[]", "true", &nested("[", "", "]")] {
            let response = setup
                .front
                .jit(with(&request, field, raw(value)).to_string())
                .await;
            let rejection = (response.status, response.string("error.field"));
            assert_eq!(rejection, (400, field.to_owned()), "{}", start(value));
        }
    }
    for field in [
        "gpa_order.jit_funding.amount",
        "amount",
        "request_amount",
        "cash_back_amount",
    ] {
        let digits = "9".repeat(400);
        for value in [
            "1e400",
            "-1e400",
            "1e-400",
            &digits,
            r#""\ud800""#,
            r#""1\u0000""#,
        ] {
            let response = setup
                .front
                .jit(with(&request, field, raw(value)).to_string())
                .await;
            let rejection = (response.status, response.string("error.field"));
            assert_eq!(rejection, (400, field.to_owned()), "{}", start(value));
        }
    }
    assert_eq!(setup.decisions().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_values_in_fields_that_are_not_read_have_no_effect() {
    let mut setup = Setup::begin().await;
    for (count, (what, value)) in (1..).zip(odd_values()) {
        let purchase = setup.messages.purchase("payer", "1.00");
        let odd = |message: &Json| {
            let message = with(message, "something_new", raw(&value));
            with(&message, "card_acceptor.something_new", raw(&value))
        };
        let response = setup.front.jit(odd(&purchase.request()).to_string()).await;
        assert_eq!(response.verdict(), "200", "{what}: {}", response.text());
        setup.notify_and_apply(&[odd(&confirmed(&purchase))]).await;
        assert_eq!(
            setup.balance().await,
            format!("100.00 {count}.00 {}.00", 100 - count)
        );
        // Operators can look at it all the same.
        let shown = setup.transaction(&purchase.token).await;
        assert_eq!(shown["hold"]["held"], "1.00", "{what}");
    }
    let waiting = "select count(*) from notification where status <> 'applied'";
    assert_eq!(setup.database.count(waiting).await, 0);
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_poisonous_item_harms_none_of_its_nine_neighbours() {
    let mut setup = Setup::begin().await;
    setup.bank.open("rich", &[("USD", "10000.00")]).await;
    let poisons = poisons(&mut setup.messages);
    for (count, poison) in (1..).zip(&poisons) {
        let mut items = String::new();
        for place in 0..10 {
            let comma = if place == 0 { "" } else { "," };
            if place == count % 10 {
                write!(items, "{comma}{poison}").unwrap();
            } else {
                let good =
                    setup
                        .messages
                        .opening(MessageKind::Authorization, "rich", "1.00", "USD");
                write!(items, "{comma}{}", confirmed(&good)).unwrap();
            }
        }
        let body = format!(r#"{{"transactions":[{items}]}}"#);
        let response = setup.front.notify(body).await;
        assert_eq!(
            response.status,
            200,
            "{}: {}",
            start(poison),
            response.text()
        );
    }
    setup.apply().await;
    let all = i64::try_from(poisons.len()).unwrap();
    let applied = "select count(*) from notification where status = 'applied'";
    assert_eq!(setup.database.count(applied).await, all * 9);
    let parked = "select count(*) from notification where status = 'parked'";
    assert_eq!(setup.database.count(parked).await, all);
    let rich = setup.bank.balance("rich", "USD").await;
    assert_eq!(
        rich,
        format!("10000.00 {}.00 {}.00", all * 9, 10_000 - all * 9)
    );
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_that_is_there_twice_is_read_twice() {
    let mut setup = Setup::begin().await;
    let items: Vec<Json> = ["1.00", "2.00"]
        .map(|amount| confirmed(&setup.messages.purchase("payer", amount)))
        .into();
    let [one, other] = &items[..] else { return };
    let body = format!(r#"{{"transactions":[{one}],"transact\u0069ons":[{other}]}}"#);
    assert_eq!(setup.front.notify(body).await.status, 200);
    setup.apply().await;
    assert_eq!(setup.balance().await, "100.00 3.00 97.00");
}
