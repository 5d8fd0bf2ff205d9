//! What of a particular message its kind and amount depend on, from a request or a notification.

use super::Template;
use crate::notification::Notification;
use crate::request::JitRequest;
use holdfast_ledger::fact::ClearingRecord;
use holdfast_ledger::money::Amount;

const FORCE_CAPTURE: &str = "pgfs.force_capture";

/// A message's own part in its fact.
pub(super) struct Particulars<'a> {
    pub(super) method: Option<&'a str>,
    pub(super) amount: Option<Amount>,
    pub(super) jit_amount: Option<Amount>,
    pub(super) released: Option<Amount>,
    pub(super) is_final: bool,
    pub(super) fast_funds: bool,
    /// Does it name a message before it?
    pub(super) is_linked: bool,
    pub(super) credit_user: Option<bool>,
    /// How a clearing names itself to the network.
    pub(super) record: ClearingRecord,
}

impl<'a> Particulars<'a> {
    pub(super) fn of_request(request: &'a JitRequest) -> Self {
        Self {
            method: Some(&request.method),
            amount: request.transaction_amount,
            jit_amount: Some(request.amount),
            released: request.amount_to_be_released,
            is_final: request.is_final_clearing,
            fast_funds: request.fast_funds,
            is_linked: request.original_jit.is_some() || request.preceding.is_some(),
            credit_user: None,
            record: ClearingRecord::default(),
        }
    }

    pub(super) fn of_notification(notification: &'a Notification) -> Self {
        Self {
            method: notification.method.as_deref(),
            amount: notification.amount,
            jit_amount: notification.jit_amount,
            released: notification.amount_to_be_released,
            is_final: notification.is_final_clearing == Some(true),
            fast_funds: notification.fast_funds,
            is_linked: notification.original_jit.is_some() || notification.preceding.is_some(),
            credit_user: notification
                .chargeback
                .as_ref()
                .and_then(|dispute| dispute.credit_user),
            record: notification.clearing_record(),
        }
    }

    /// A clearing that no authorization came before: the method says so, and no link says otherwise.
    pub(super) fn is_forced(&self) -> bool {
        self.method == Some(FORCE_CAPTURE) && !self.is_linked
    }

    /// What is booked: the part that the account funds, else the whole; for an advice always the whole,
    /// its new total.
    pub(super) fn booked(&self, template: Template) -> Option<Amount> {
        match template {
            Template::Advice => self.amount,
            _ => self.jit_amount.or(self.amount),
        }
    }
}
