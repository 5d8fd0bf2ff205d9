//! What approving a JIT request would mean.

use super::particulars::Particulars;
use super::{Template, find_method, find_type, spending};
use crate::request::JitRequest;
use holdfast_ledger::fact::{CardAndMerchant, Fact, Kind, Message, Role, Source};
use holdfast_ledger::money::Amount;

/// What approving a request means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Set the amount aside.
    Hold,
    /// Set more aside for a purchase under way.
    Increment,
    /// Take the amount at once.
    Debit,
    /// Give the amount at once.
    Credit,
    /// Promise the amount; usable at once with fast funds.
    PendingCredit,
    /// Say that account and card are good; no money.
    Verify,
    /// Tell the balances; no money.
    Inquiry,
    /// Say that account and card are good, and leave the product to Marqeta; no money.
    ProductInquiry,
    /// Nothing that a gateway is asked, or nothing that we know: to be declined, with an alert.
    Unknown,
}

impl Action {
    /// As it is shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Increment => "increment",
            Self::Debit => "debit",
            Self::Credit => "credit",
            Self::PendingCredit => "pending_credit",
            Self::Verify => "verify",
            Self::Inquiry => "inquiry",
            Self::ProductInquiry => "product_inquiry",
            Self::Unknown => "unknown",
        }
    }

    /// Does an approval need that much available?
    #[must_use]
    pub fn needs_funds(self) -> bool {
        matches!(self, Self::Hold | Self::Increment | Self::Debit)
    }
}

/// What approving this request means. The method must be one that gateways are asked; the type decides what
/// it does, and only where the type is unknown the method does.
#[must_use]
pub fn action(request: &JitRequest) -> Action {
    let Some((template, _)) = template(request) else {
        return Action::Unknown;
    };
    match template {
        Template::Opener if request.amount.is_zero() => Action::Verify,
        Template::Opener => Action::Hold,
        Template::Increment => Action::Increment,
        Template::Debit | Template::Clearing => Action::Debit,
        Template::Credit => Action::Credit,
        Template::CreditAuthorization => Action::PendingCredit,
        Template::Inquiry => Action::Inquiry,
        // The only one without money that gateways are asked and that is not about balances.
        Template::Notice => Action::ProductInquiry,
        _ => Action::Unknown,
    }
}

/// The fact that an approval of the whole amount would be; a partial approval changes its amount. `None` when
/// nothing can be booked: inquiries, unknown methods, a currency unknown to ISO 4217.
#[must_use]
pub fn request_message(request: &JitRequest) -> Option<Message> {
    let (template, role) = template(request)?;
    let fact = Fact {
        token: request.token.clone(),
        source: Source::Decision,
        kind: template.kind(&Particulars::of_request(request))?,
        amount: request.amount,
        currency: request.currency?,
        created: request.created,
        preceding: request.preceding.clone(),
        expiration: request.authorization_expiration,
        days: None,
        card_and_merchant: None,
        increase: Amount::ZERO,
    };
    Some(Message {
        fact: Fact {
            card_and_merchant: card_and_merchant(request, &fact.kind),
            ..fact
        },
        links: request.links(),
        role,
    })
}

/// A purchase may have to be found by where it was made, and limits go by it.
fn card_and_merchant(request: &JitRequest, kind: &Kind) -> Option<CardAndMerchant> {
    let card_and_merchant = || {
        let card_and_merchant = CardAndMerchant {
            card: request.card.clone(),
            merchant: request.merchant.mid.clone(),
            merchant_name: request.merchant.comparable_name(),
            merchant_city: request.merchant.comparable_city(),
            approval: None,
            network: request.network_chain.clone(),
            product: request.card_product.clone(),
            mcc: request.merchant.mcc.clone(),
            class: spending::class(
                find_type(&request.transaction_type),
                &request.transaction_type,
            ),
            cash: request.cash_back_amount.unwrap_or(Amount::ZERO),
        };
        card_and_merchant.if_known()
    };
    kind.has_card_and_merchant()
        .then(card_and_merchant)
        .flatten()
}

fn template(request: &JitRequest) -> Option<(Template, Role)> {
    let method = find_method(&request.method).filter(|method| method.is_actionable)?;
    match find_type(&request.transaction_type) {
        Some(entry) => entry.is_actionable.then_some((entry.template, entry.role)),
        None => Some((method.template, method.template.usual_role())),
    }
}
