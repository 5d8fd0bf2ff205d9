//! Transaction attributes: merchant, terminal, acquirer, conversion, scores.

use rust_decimal::Decimal;

use crate::{Json, MessageKind, Random, Transaction};

/// Adds the attributes to a message.
pub(super) fn add_attributes(message: &mut Json, of: &Transaction, amount: Decimal) {
    message.set("currency_conversion.network", render_conversion(of, amount));
    message.set("acquirer", render_acquirer(of));
    message.set("user.metadata", Json::object([]));
    message.set("card.last_four", "4242".into());
    message.set("card.metadata", Json::object([]));
    message.set("card_acceptor", render_card_acceptor(of));
    message.set("pos", render_pos(of));
    message.set(
        "fraud.network.transaction_risk_score",
        Json::Raw((group_hash(of) % 100).to_string()),
    );
    message.set(
        "fraud.network.account_risk_score",
        format!("{:02}", group_hash(of) % 30).into(),
    );
    message.set("transaction_metadata.payment_channel", "OTHER".into());
    message.set(
        "transaction_metadata.cross_border_transaction",
        false.into(),
    );
    message.set(
        "issuer_payment_node",
        "6ea4cb2554d7a34bf2d2c6e512d74045".into(),
    );
}

/// The system trace audit number, constant in a group; also its approval code.
pub(super) fn trace_number(of: &Transaction) -> String {
    format!("{:06}", group_hash(of) % 1_000_000)
}

/// Marqeta's running number of a message.
pub(super) fn message_identifier(of: &Transaction) -> String {
    (Random::keyed(1, &of.token).bits() % 10_000_000).to_string()
}

/// A number that is the same in all messages of a group.
pub(super) fn group_hash(of: &Transaction) -> u64 {
    Random::keyed(0, &of.links.group).bits()
}

fn render_conversion(of: &Transaction, amount: Decimal) -> Json {
    Json::object([
        ("original_amount", Json::amount(amount)),
        ("conversion_rate", Json::Raw("1".into())),
        (
            "original_currency_code",
            of.account.currency.numeric_code().into(),
        ),
        ("dynamic_currency_conversion", false.into()),
    ])
}

fn render_acquirer(of: &Transaction) -> Json {
    Json::object([
        ("institution_country", "840".into()),
        ("institution_id_code", "428399".into()),
        (
            "retrieval_reference_number",
            format!("515418{}", trace_number(of)).into(),
        ),
        ("system_trace_audit_number", trace_number(of).into()),
    ])
}

fn render_card_acceptor(of: &Transaction) -> Json {
    let merchant = of.merchant;
    Json::object([
        ("mid", merchant.mid.into()),
        ("mcc", merchant.mcc.into()),
        ("name", merchant.name.to_uppercase().into()),
        ("street_address", "500 MAIN ST".into()),
        ("city", merchant.city.into()),
        ("state", merchant.state.into()),
        ("postal_code", merchant.postal_code.into()),
        ("country_code", "USA".into()),
    ])
}

fn render_pos(of: &Transaction) -> Json {
    let pin = matches!(
        of.kind,
        MessageKind::PinDebit | MessageKind::PinDebitCashBack
    );
    Json::object([
        (
            "pan_entry_mode",
            if pin { "CHIP" } else { "CHIP_CONTACTLESS" }.into(),
        ),
        ("pin_entry_mode", "TRUE".into()),
        ("pin_present", pin.into()),
        ("terminal_id", "TR100000".into()),
        ("terminal_attendance", "ATTENDED".into()),
        ("terminal_location", "ON_PREMISE".into()),
        ("card_holder_presence", true.into()),
        ("card_presence", true.into()),
        ("card_data_input_capability", "CHIP_CONTACTLESS".into()),
        ("country_code", "840".into()),
        (
            "partial_approval_capable",
            of.merchant.partial_approval.into(),
        ),
        ("purchase_amount_only", false.into()),
        ("is_recurring", false.into()),
        ("is_installment", false.into()),
    ])
}
