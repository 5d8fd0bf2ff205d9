//! What approving a JIT request would mean.

use super::fact::build_fact;
use super::{Template, find_method, find_type};
use crate::transaction::Transaction;
use holdfast_funding::processor::Action;
use holdfast_ledger::fact::{Message, Role, Source};
use holdfast_ledger::money::Amount;

/// What approving this request means. The method must be one that gateways are asked; the type decides what
/// it does, and only where the type is unknown the method does.
#[must_use]
pub fn action(request: &Transaction) -> Action {
    let Some((template, _)) = template_of(request) else {
        return Action::Unknown;
    };
    match template {
        Template::Original if request.jit.amount.is_some_and(Amount::is_zero) => Action::Verify,
        Template::Original => Action::Hold,
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
pub fn request_message(request: &Transaction) -> Option<Message> {
    let (template, role) = template_of(request)?;
    let kind = template.kind(request)?;
    let (amount, currency) = (request.jit.amount?, request.currency?);
    Some(Message {
        fact: build_fact(request, Source::Decision, kind, amount, currency),
        links: request.links(),
        role,
    })
}

fn template_of(request: &Transaction) -> Option<(Template, Role)> {
    let method = request.jit.method.as_deref()?;
    let method = find_method(method).filter(|method| method.is_actionable)?;
    match find_type(&request.transaction_type) {
        Some(entry) => entry.is_actionable.then_some((entry.template, entry.role)),
        None => Some((method.template, method.template.usual_role())),
    }
}
