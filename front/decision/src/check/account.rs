//! Is there such an account, and may it spend?

use super::{Judged, Sheet, Verdict};
use crate::case::Case;
use crate::refusal::Refusal;
use holdfast_ledger::book::AccountState;

pub(super) const SHEET: Sheet = Sheet {
    title: "The account",
    about: "Is there such an account, and is it active? Money that comes in opens an account \
            that nobody has created, so that no money is lost; such an account spends nothing \
            until it is registered.",
    refusals: &[
        Refusal::UnknownAccount,
        Refusal::UnregisteredAccount,
        Refusal::SuspendedAccount,
        Refusal::ClosedAccount,
    ],
    judge,
};

fn judge(case: &Case<'_>) -> Judged {
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
