//! The funding order (`gpa_order`, for refunds `gpa_order_unload`) with its JIT block.

use rust_decimal::Decimal;

use crate::{Json, MessageKind, MessageOutcome, Transaction, TransactionState, moment};

/// The order of a JIT request.
pub(super) fn request_order(of: &Transaction, state: TransactionState) -> Json {
    render_order(of, of.jit_amount(), state.text())
}

/// The order of a notification: with its own state, times, response and the logged response of the gateway.
pub(super) fn notification_order(of: &Transaction, outcome: &MessageOutcome) -> Json {
    let amount = if of.kind == MessageKind::Advice {
        of.jit_amount()
    } else {
        outcome.amount
    };
    let mut order = render_order(of, amount, order_state(of, outcome));
    let created = moment::format_second(of.created);
    order.set("created_time", (&created).into());
    order.set("last_modified_time", created.into());
    let (code, memo) = match outcome.state.has_failed() {
        true => ("1842", "Account load failed"),
        false => ("0000", "Approved or completed successfully"),
    };
    order.set(
        "response",
        Json::object([("code", code.into()), ("memo", memo.into())]),
    );
    if let Some(log) = outcome.gateway_log(of) {
        order.set("funding.gateway_log", log);
    }
    order
}

fn order_state(of: &Transaction, outcome: &MessageOutcome) -> &'static str {
    match outcome.state {
        _ if outcome.timed_out() => TransactionState::Error.text(),
        TransactionState::Cleared if of.kind.releases_hold() => "REVERSED",
        state => state.text(),
    }
}

fn render_order(of: &Transaction, amount: Decimal, state: &'static str) -> Json {
    let mut order = Json::object([
        ("token", (&of.links.order).into()),
        ("amount", Json::amount(amount)),
        ("state", state.into()),
        ("transaction_token", (&of.gpa_token).into()),
        (
            "funding",
            Json::object([
                ("amount", Json::amount(amount)),
                ("source", render_source()),
            ]),
        ),
        ("funding_source_token", "**********pgfs".into()),
        ("jit_funding", jit_funding(of, amount)),
    ]);
    if of.kind.order_field() == "gpa_order" {
        order.set("currency_code", of.account.currency.code().into());
        order.set(
            of.account.owner_field(),
            of.account.token.to_string().into(),
        );
    }
    order
}

fn jit_funding(of: &Transaction, amount: Decimal) -> Json {
    let method = if of.marks.stand_in {
        "pgfs.authorization.standin"
    } else {
        of.kind.jit_method()
    };
    let mut block = Json::object([
        ("token", (&of.jit_token).into()),
        ("method", method.into()),
        (
            of.account.owner_field(),
            of.account.token.to_string().into(),
        ),
        ("acting_user_token", of.account.acting_user().into()),
        ("amount", Json::amount(amount)),
    ]);
    if let Some(first) = &of.links.first_jit {
        block.set("original_jit_funding_token", first.into());
    }
    if !of.links.increments.is_empty() {
        let tokens = of
            .links
            .increments
            .iter()
            .map(|increment| (&increment.1).into())
            .collect();
        block.set(
            "incremental_authorization_jit_funding_tokens",
            Json::List(tokens),
        );
    }
    block
}

fn render_source() -> Json {
    Json::object([
        ("type", "programgateway".into()),
        ("token", "**********pgfs".into()),
        ("active", true.into()),
        ("name", "Example Gateway".into()),
        ("is_default_account", false.into()),
        ("created_time", "2025-01-10T09:00:00Z".into()),
        ("last_modified_time", "2025-01-10T09:00:00Z".into()),
    ])
}
