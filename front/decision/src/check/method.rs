//! Do we know what is asked for? What we do not know we do not approve (reference section 2).

use super::{Input, Verdict};
use crate::case::{Case, Effect};
use crate::refusal::Refusal;

pub(super) fn judge(case: &Case<'_>) -> (Verdict, Vec<Input>) {
    let refusal = (case.effect == Effect::Unknown).then_some(Refusal::UnknownMethod);
    (refusal.into(), vec![("method", case.method.to_owned())])
}
