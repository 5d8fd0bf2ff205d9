//! What of a request the rules and controls ask for.

use crate::processor::{Action, AuthorizationRequest};
use holdfast_decision::{ControlPolicy, Purchase, PurchaseStep};
use holdfast_ledger::time::Moment;
use holdfast_store::program::{ControlDefault, MerchantDeclineReason, ProgramSettings};

/// The purchase that a request belongs to.
pub(super) fn purchase(
    request: &AuthorizationRequest,
    action: Action,
    now: Moment,
) -> Purchase<'_> {
    Purchase {
        step: purchase_step(action),
        when: now,
        card: request.card.as_ref(),
        product: request.card_product.as_ref(),
        mcc: request.mcc.as_deref(),
        mid: request.mid.as_deref(),
        attributes: &request.attributes,
    }
}

fn purchase_step(action: Action) -> PurchaseStep {
    match action {
        Action::Hold | Action::Debit => PurchaseStep::Begins,
        Action::Increment => PurchaseStep::Grows,
        Action::Verify => PurchaseStep::Verifies,
        Action::Credit
        | Action::PendingCredit
        | Action::Inquiry
        | Action::ProductInquiry
        | Action::Unknown => PurchaseStep::Other,
    }
}

/// What the program says of controls.
pub(super) fn policy(program: &ProgramSettings) -> ControlPolicy {
    ControlPolicy {
        denies_by_default: program.authorization_control_default == ControlDefault::Deny,
        tells_merchant: program.merchant_decline_reason == MerchantDeclineReason::InvalidMerchant,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_purchases_are_asked_of_rules() {
        for (action, wanted) in [
            (Action::Hold, PurchaseStep::Begins),
            (Action::Debit, PurchaseStep::Begins),
            (Action::Increment, PurchaseStep::Grows),
            (Action::Verify, PurchaseStep::Verifies),
            (Action::Credit, PurchaseStep::Other),
            (Action::PendingCredit, PurchaseStep::Other),
            (Action::Inquiry, PurchaseStep::Other),
            (Action::ProductInquiry, PurchaseStep::Other),
            (Action::Unknown, PurchaseStep::Other),
        ] {
            assert_eq!(purchase_step(action), wanted, "{action:?}");
        }
    }

    #[test]
    fn the_program_says_what_controls_mean() {
        let usual = ProgramSettings::default();
        assert_eq!(policy(&usual), ControlPolicy::default());
        let strict = ProgramSettings {
            authorization_control_default: ControlDefault::Deny,
            merchant_decline_reason: MerchantDeclineReason::InvalidMerchant,
            ..usual
        };
        let wanted = ControlPolicy {
            denies_by_default: true,
            tells_merchant: true,
        };
        assert_eq!(policy(&strict), wanted);
    }
}
