//! Do we know what is asked for, and does the program answer it? What we do not know we do not approve
//! (reference section 2).

use super::{Input, Verdict};
use crate::case::{Case, Effect};
use crate::refusal::Refusal;

pub(super) fn judge(case: &Case<'_>) -> (Verdict, Vec<Input>) {
    let refusal = match case.effect {
        Effect::Unknown => Some(Refusal::UnknownMethod),
        Effect::NotOffered => Some(Refusal::NotOffered),
        Effect::Purchase | Effect::Books | Effect::Nothing => None,
    };
    (refusal.into(), vec![("method", case.method.to_owned())])
}
