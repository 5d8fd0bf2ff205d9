//! What the network says of settlement (reference section 3.2). Nothing of it is booked: what cannot be read is
//! absent.

use crate::transaction::{NetworkFee, Settlement};
use holdfast_events::json::Object;

/// Reads date, fees and interchange. `fees` is a list, and in some samples one object.
pub(super) fn read(top: &Object<'_>) -> Settlement {
    let fees = top.objects("fees");
    let acquirer = top.signed("acquirer_fee_amount").ok().flatten();
    let acquirer = acquirer.filter(|amount| !amount.is_zero());
    let acquirer = acquirer.map(|amount| NetworkFee {
        kind: Some("ACQUIRER_FEE".to_owned()),
        amount,
        credit_debit: None,
        currency_code: None,
    });
    Settlement {
        date: top.moment("settlement_date").unwrap_or_default(),
        fees: fees.iter().filter_map(read_fee).chain(acquirer).collect(),
        interchange: top.signed("issuer_interchange_amount").ok().flatten(),
    }
}

fn read_fee(fee: &Object<'_>) -> Option<NetworkFee> {
    Some(NetworkFee {
        kind: fee.lenient_text("type"),
        amount: fee.signed("amount").ok().flatten()?,
        credit_debit: fee.lenient_text("credit_debit"),
        currency_code: fee.lenient_text("currency"),
    })
}
