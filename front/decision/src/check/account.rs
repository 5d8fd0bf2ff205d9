//! Is there such an account, and may it spend?

use super::{Input, Verdict};
use crate::case::Case;
use crate::refusal::Refusal;
use holdfast_ledger::book::AccountState;

pub(super) fn judge(case: &Case<'_>) -> (Verdict, Vec<Input>) {
    let Some(account) = case.account else {
        return (
            Verdict::Refused(Refusal::UnknownAccount),
            vec![("state", "unknown".to_owned())],
        );
    };
    let (refusal, state) = match account.state {
        AccountState::Active => (None, "active"),
        AccountState::Suspended => (Some(Refusal::SuspendedAccount), "suspended"),
        AccountState::Closed => (Some(Refusal::ClosedAccount), "closed"),
        AccountState::Unregistered => (Some(Refusal::UnregisteredAccount), "unregistered"),
    };
    (refusal.into(), vec![("state", state.to_owned())])
}
