//! Do we know what is asked for, and does the program respond to it? What we do not know we do not approve
//! (reference section 2).

use super::{CheckInfo, CheckResult};
use crate::case::{Case, Effect};
use crate::refusal::Refusal;

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The method",
    about: "Do we know what Marqeta asks for, and does the program respond to it? What we do not \
            know we do not approve, and it alerts (`unknown_method`).",
    refusals: &[Refusal::UnknownMethod, Refusal::NotOffered],
    evaluate: evaluate_method,
};

fn evaluate_method(case: &Case<'_>) -> CheckResult {
    let refusal = match case.effect {
        Effect::Unknown => Some(Refusal::UnknownMethod),
        Effect::NotOffered => Some(Refusal::NotOffered),
        Effect::Purchase | Effect::Books | Effect::Nothing => None,
    };
    (refusal.into(), vec![("method", case.method.to_owned())])
}
