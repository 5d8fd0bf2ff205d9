//! A notification in words.

use super::super::WhyPage;
use super::{format_money, join_pairs};
use holdfast_funding::view::{MerchantView, MessageView};

/// Describes a transaction without a JIT request, in place of the request.
pub(super) fn describe_unrequested(page: &WhyPage) -> String {
    let own = page.since.notifications.iter();
    let mut own = own.filter(|of| of.transaction == page.transaction);
    let Some(last) = own.next_back() else {
        return "no JIT request and no notification".to_owned();
    };
    let mut lines = vec!["no JIT request: Marqeta only sent a notification".to_owned()];
    let kind = &last.notification.r#type;
    if let Some(message) = &last.notification.message {
        lines.push(format!("{} for {kind}", format_message_amount(message)));
        lines.extend(Some(describe_message(message)).filter(|text| !text.is_empty()));
        let created = message.created.as_deref();
        let stand_in = message.standin_approved_by.as_deref();
        let more = join_pairs([("approved in stand-in by", stand_in), ("at", created)]);
        lines.extend(Some(more).filter(|text| !text.is_empty()));
    } else {
        lines.push(kind.clone());
    }
    lines.join("\n")
}

/// `40.00 USD`, with the part that the account funds where it differs.
pub(super) fn format_message_amount(message: &MessageView) -> String {
    let currency = message.currency.as_deref();
    let whole = match &message.amount {
        Some(amount) => format_money(Some(amount), currency),
        None => "no amount".to_owned(),
    };
    let jit = message.jit_amount.as_deref();
    let jit = jit.map(|jit| format!(" (JIT block {})", format_money(Some(jit), currency)));
    whole + &jit.unwrap_or_default()
}

/// Card and merchant.
pub(super) fn describe_message(message: &MessageView) -> String {
    let merchant = message.merchant.as_ref().map(describe_merchant);
    join_pairs([
        ("card", message.card.as_deref()),
        ("merchant", merchant.as_deref()),
    ])
}

/// `CORNER GROCERY, OAKLAND, USA, number m-77, category 5411`.
fn describe_merchant(merchant: &MerchantView) -> String {
    let names = [&merchant.name, &merchant.city, &merchant.country];
    let names = names.into_iter().flatten().cloned();
    let codes = join_pairs([
        ("number", merchant.mid.as_deref()),
        ("category", merchant.mcc.as_deref()),
    ]);
    let codes = Some(codes).filter(|codes| !codes.is_empty());
    names.chain(codes).collect::<Vec<_>>().join(", ")
}
