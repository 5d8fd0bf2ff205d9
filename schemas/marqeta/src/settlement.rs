//! What the network says of settlement (reference section 3.2). Nothing of it is booked: what cannot be read is
//! absent.

use holdfast_events::json::Object;
use holdfast_ledger::money::Signed;
use holdfast_ledger::time::Moment;

/// A fee, as it was sent; for information alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkFee {
    /// Its kind, such as `INTERCHANGE_FEE`.
    pub kind: Option<String>,
    /// Its amount.
    pub amount: Signed,
    /// `C` or `D`.
    pub credit_debit: Option<String>,
    /// Its currency, where it names one.
    pub currency_code: Option<String>,
}

/// What the network says of settlement; for information alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settlement {
    /// The money date.
    pub date: Option<Moment>,
    /// Fees of the network and the acquirer.
    pub fees: Vec<NetworkFee>,
    /// Interchange of the issuer.
    pub interchange: Option<Signed>,
}

/// Reads date, fees and interchange. `fees` is a list, and in some samples one object.
pub(crate) fn read_settlement(top: &Object<'_>) -> Settlement {
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
