//! The fields that request, notification and GPA transaction share: the top level and `gpa`.

use rust_decimal::Decimal;

use super::attributes;
use crate::{Json, MessageKind, Transaction, TransactionState, moment};

/// Renders the top level, without the funding order.
pub(super) fn render_fields(of: &Transaction, amount: Decimal, state: TransactionState) -> Json {
    let created = moment::format_second(of.created);
    let mut message = Json::object([
        ("type", of.kind.type_name().into()),
        ("state", state.text().into()),
        ("token", (&of.token).into()),
        (
            of.account.owner_field(),
            of.account.token.to_string().into(),
        ),
        ("acting_user_token", of.account.acting_user().into()),
        ("card_token", of.account.card.to_string().into()),
        ("card_product_token", "card-product-1".into()),
        ("gpa", render_gpa(of, None)),
        ("created_time", (&created).into()),
        ("user_transaction_time", (&created).into()),
        (
            "issuer_received_time",
            moment::format_milli(of.created, attributes::group_hash(of) % 1000).into(),
        ),
        (
            "settlement_date",
            moment::format_midnight(of.created).into(),
        ),
        ("request_amount", Json::amount(request_amount(of))),
        ("amount", Json::amount(amount)),
        ("currency_code", of.account.currency.code().into()),
        ("network", "VISA".into()),
        ("subnetwork", subnetwork_name(of).into()),
        (
            "network_reference_id",
            format!("385154{0}{0}", attributes::trace_number(of)).into(),
        ),
        ("acquirer_fee_amount", Json::amount(Decimal::ZERO)),
    ]);
    attributes::add_attributes(&mut message, of, amount);
    add_links(&mut message, of);
    add_marks(&mut message, of);
    message
}

/// `gpa`: under JIT funding always empty, with the impact of a message that succeeded.
pub(super) fn render_gpa(of: &Transaction, impacted: Option<Decimal>) -> Json {
    let code = of.account.currency.code();
    let zero = || Json::amount(Decimal::ZERO);
    let mut block = Json::object([
        ("currency_code", code.into()),
        ("ledger_balance", zero()),
        ("available_balance", zero()),
        ("credit_balance", zero()),
        ("pending_credits", zero()),
    ]);
    if let Some(impacted) = impacted {
        block.set("impacted_amount", Json::amount(impacted));
    }
    block.set("balances", Json::object([(code, block.clone())]));
    block
}

/// A reversal repeats the amount of what it reverses here.
fn request_amount(of: &Transaction) -> Decimal {
    match &of.links.preceding {
        Some(before) if of.kind.releases_hold() => before.amount,
        _ => of.amount,
    }
}

fn subnetwork_name(of: &Transaction) -> &'static str {
    match of.kind {
        _ if of.marks.stand_in => "MANAGED_JIT",
        MessageKind::PinDebit | MessageKind::PinDebitCashBack => "VISAINTERLINK",
        _ => "VISANET",
    }
}

fn add_links(message: &mut Json, of: &Transaction) {
    let Some(before) = &of.links.preceding else {
        return;
    };
    message.set(
        "preceding_related_transaction_token",
        (&before.token).into(),
    );
    if before.kind == MessageKind::Advice {
        message.set("preceding_transaction.token", (&before.token).into());
        message.set("preceding_transaction.amount", Json::amount(before.amount));
    }
    if !of.links.increments.is_empty() {
        let tokens = of
            .links
            .increments
            .iter()
            .map(|increment| (&increment.0).into())
            .collect();
        message.set(
            "incremental_authorization_transaction_tokens",
            Json::List(tokens),
        );
    }
}

fn add_marks(message: &mut Json, of: &Transaction) {
    if of.marks.preauthorization || of.kind == MessageKind::Increment {
        message.set("is_preauthorization", true.into());
    }
    if let Some(cash) = of.marks.cash_back {
        message.set("cash_back_amount", Json::amount(cash));
    }
    if let Some((number, count)) = of.marks.part {
        message.set(
            "multi_clearing_sequence_number",
            format!("{number:02}").into(),
        );
        message.set(
            "multi_clearing_sequence_count",
            format!("{count:02}").into(),
        );
    }
    if let Some(released) = of.marks.final_release {
        message.set("is_final_clearing", true.into());
        message.set("amount_to_be_released", Json::amount(released));
    }
    if of.marks.stand_in {
        message.set("standin_approved_by", "COMMANDO_AUTO".into());
        message.set("standin_by", "COMMANDO_AUTO".into());
    }
}
