//! What events say of a purchase beside its money: merchant, network, the use of the card, settlement.

use crate::settlement::NetworkFee;
use crate::transaction::Transaction;
use holdfast_events::{NoticeFee, NoticeSettlement, PurchaseDetails, PurchaseMerchant, moment};
use holdfast_funding::processor::Merchant;
use holdfast_ledger::control::Authentication;

/// Merchant, network and the use of the card.
pub(super) fn purchase_details(message: &Transaction) -> PurchaseDetails {
    let card_use = &message.card_use;
    PurchaseDetails {
        merchant: purchase_merchant(&message.merchant),
        network: message.network.clone(),
        subnetwork: message.subnetwork.clone(),
        entry_mode: card_use.entry_mode.clone(),
        card_present: card_use.card_present,
        recurring: card_use.recurring,
        three_d_secure: three_d_secure(card_use.authentication).map(str::to_owned),
    }
}

/// `None` where nothing is known of it.
fn purchase_merchant(merchant: &Merchant) -> Option<PurchaseMerchant> {
    (!merchant.is_unknown()).then(|| PurchaseMerchant {
        mid: merchant.mid.clone(),
        mcc: merchant.mcc.clone(),
        name: merchant.name.clone(),
        city: merchant.city.clone(),
        country: merchant.country.clone(),
    })
}

fn three_d_secure(authentication: Authentication) -> Option<&'static str> {
    match authentication {
        Authentication::Unknown => None,
        Authentication::Not => Some("not_done"),
        Authentication::Failed => Some("failed"),
        Authentication::Attempted => Some("attempted"),
        Authentication::Successful => Some("successful"),
    }
}

/// What the network says of settlement.
pub(super) fn notice_settlement(message: &Transaction) -> NoticeSettlement {
    let (outcome, settlement) = (&message.outcome, &message.outcome.settlement);
    NoticeSettlement {
        settlement_date: settlement.date.map(moment::date_text),
        network_reference: outcome.clearing.network_reference.clone(),
        acquirer_reference: outcome.clearing.acquirer_reference.clone(),
        approval_code: outcome.approval_code.clone(),
        fees: settlement.fees.iter().map(notice_fee).collect(),
        interchange: settlement.interchange.map(|sum| sum.value().to_string()),
    }
}

fn notice_fee(fee: &NetworkFee) -> NoticeFee {
    NoticeFee {
        fee_type: fee.kind.clone(),
        amount: fee.amount.value().to_string(),
        credit_debit: fee.credit_debit.clone(),
        currency: fee.currency_code.clone(),
    }
}
