//! Which check and which control decided, as the event of a decision names them.

use holdfast_decision::{Checked, DeclineReason, Refusal, Verdict};

/// The check that declined a request or reduced its amount; nothing where it was approved as requested.
#[derive(Debug, Default)]
pub(super) struct DecidingCheck {
    /// Its name.
    pub(super) check: Option<String>,
    /// The token of the control that declined it.
    pub(super) control: Option<String>,
    refusal: Option<Refusal>,
}

impl DecidingCheck {
    /// Something that decided without the checks.
    pub(super) fn noted(check: &str) -> Self {
        Self {
            check: Some(check.to_owned()),
            ..Self::default()
        }
    }

    /// The last check that did not pass.
    pub(super) fn find(checks: &[Checked]) -> Self {
        let decided = checks.iter().rev();
        let mut decided = decided.filter(|checked| checked.verdict != Verdict::Passed);
        let Some(checked) = decided.next() else {
            return Self::default();
        };
        let refusal = match checked.verdict {
            Verdict::Refused(refusal) => Some(refusal),
            Verdict::Passed | Verdict::Reduced(_) => None,
        };
        Self {
            check: Some(checked.check.name().to_owned()),
            control: refusal.and(find_control(checked)),
            refusal,
        }
    }

    /// Why a request was declined, in our words.
    pub(super) fn because(&self, reason: DeclineReason) -> String {
        let refusal = self.refusal.map(Refusal::name);
        refusal.unwrap_or_else(|| reason.name()).to_owned()
    }
}

/// The token of a control among the inputs of its check. An authorization control is shown as `TOKEN "NAME": …`,
/// and no token has a space.
fn find_control(checked: &Checked) -> Option<String> {
    let (_, shown) = checked.inputs.iter().find(|(name, _)| *name == "control")?;
    let token = shown.split(' ').next()?;
    Some(token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfast_decision::Check;

    fn checked(check: Check, verdict: Verdict, control: &str) -> Checked {
        Checked {
            check,
            verdict,
            inputs: vec![("control", control.to_owned())],
        }
    }

    #[test]
    fn the_check_that_refused_is_named_with_its_control_and_our_reason() {
        let passed = checked(
            Check::AuthorizationControl,
            Verdict::Passed,
            "home \"At home\": any",
        );
        let refused = Verdict::Refused(Refusal::AmountLimit);
        let found = DecidingCheck::find(&[passed, checked(Check::Velocity, refused, "month")]);
        assert_eq!(found.check.as_deref(), Some("velocity"));
        assert_eq!(found.control.as_deref(), Some("month"));
        let reason = DeclineReason::AmountLimitExceeded;
        assert_eq!(found.because(reason), "amount_limit");
        let denied = Verdict::Refused(Refusal::DeniedByControl);
        let shown = "no-casinos \"No casinos\": mcc 7995, for the program";
        let found = DecidingCheck::find(&[checked(Check::AuthorizationControl, denied, shown)]);
        assert_eq!(found.control.as_deref(), Some("no-casinos"));
    }

    #[test]
    fn nothing_is_named_where_all_checks_passed() {
        let found = DecidingCheck::find(&[checked(Check::Funds, Verdict::Passed, "x")]);
        assert_eq!((found.check, found.control), (None, None));
    }
}
