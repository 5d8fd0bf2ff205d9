//! Is there such an account, and may it spend?

use super::{CheckInfo, CheckResult, Input, Verdict};
use crate::case::Case;
use crate::refusal::Refusal;
use holdfast_ledger::book::{Account, AccountState};
use holdfast_ledger::transition::{Permission, Subject};

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The account",
    about: "Is there such an account, and is it active? The operator's state and Marqeta's both count, and \
            the stricter one decides: a user or business that is `SUSPENDED`, `CLOSED` or `TERMINATED` at \
            Marqeta spends nothing, unless the program setting `honor_account_transitions` is `false`. \
            Money that comes in opens an account that does not exist, so that no money is lost; such \
            an account spends nothing until it is registered.",
    refusals: &[
        Refusal::UnknownAccount,
        Refusal::UnregisteredAccount,
        Refusal::SuspendedAccount,
        Refusal::ClosedAccount,
    ],
    evaluate: evaluate_account,
};

fn evaluate_account(case: &Case<'_>) -> CheckResult {
    let Some(account) = case.account else {
        return (
            Verdict::Refused(Refusal::UnknownAccount),
            vec![("state", "unknown".to_owned())],
        );
    };
    let honored = case.honors_account_transitions;
    let refusal = match account.state {
        AccountState::Unregistered => Some(Refusal::UnregisteredAccount),
        _ => refuse_permission(effective_permission(account, honored)),
    };
    (refusal.into(), account_inputs(account, honored))
}

/// The stricter of what the operator and Marqeta permit.
fn effective_permission(account: &Account, honored: bool) -> Permission {
    let operators = match account.state {
        AccountState::Active | AccountState::Unregistered => Permission::Spending,
        AccountState::Suspended => Permission::Suspended,
        AccountState::Closed => Permission::Closed,
    };
    let marqetas = Subject::Account.permission(account.marqeta_state.as_deref());
    if honored {
        operators.max(marqetas)
    } else {
        operators
    }
}

fn refuse_permission(permission: Permission) -> Option<Refusal> {
    match permission {
        Permission::Spending => None,
        Permission::Suspended => Some(Refusal::SuspendedAccount),
        Permission::Closed => Some(Refusal::ClosedAccount),
    }
}

fn account_inputs(account: &Account, honored: bool) -> Vec<Input> {
    let state = match account.state {
        AccountState::Active => "active",
        AccountState::Suspended => "suspended",
        AccountState::Closed => "closed",
        AccountState::Unregistered => "unregistered",
    };
    let ignored = if honored { "" } else { ", not honored" };
    let marqetas = account.marqeta_state.as_ref();
    let marqetas = marqetas.map(|state| ("marqeta_state", format!("{state}{ignored}")));
    let operators = ("state", state.to_owned());
    std::iter::once(operators).chain(marqetas).collect()
}
