//! What only few messages need to be planned: owners of other holds, an account's recent and unmatched holds. The
//! plan asks for it, the unit reads it, and the plan continues.

use holdfast_ledger::hold::Hold;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::StoreError;
use holdfast_store::notification::{Owner, Owners};
use holdfast_store::unit::Unit;
use std::collections::BTreeMap;

/// What is to be read before the plan can continue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SoughtEvidence {
    /// The accounts that these names lead to.
    Owners(Vec<Owner>),
    /// The account's holds since then.
    RecentHolds(AccountToken, Moment),
    /// The account's clearings that have no purchase.
    UnmatchedHolds(AccountToken),
    /// One hold.
    Hold(AccountToken, HoldId),
}

/// The plan cannot continue before this is read.
#[derive(Debug)]
pub(super) struct MissingEvidence(pub(super) SoughtEvidence);

/// What was read. All of it belongs to locked accounts, so that it stays true until the unit ends.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    owners: BTreeMap<Vec<Owner>, Owners>,
    holds: BTreeMap<SoughtEvidence, Vec<Hold>>,
}

impl Evidence {
    /// Reads what the plan asks for: one statement.
    pub(super) async fn read_sought(
        &mut self,
        unit: &mut Unit,
        sought: SoughtEvidence,
    ) -> Result<(), StoreError> {
        let holds = match &sought {
            SoughtEvidence::Owners(names) => {
                let owners = unit.owners(names).await?;
                self.owners.insert(names.clone(), owners);
                return Ok(());
            }
            SoughtEvidence::RecentHolds(account, since) => {
                unit.recent_holds(account, *since).await?
            }
            SoughtEvidence::UnmatchedHolds(account) => unit.unmatched_holds(account).await?,
            SoughtEvidence::Hold(account, id) => read_hold(unit, account, id).await?,
        };
        self.holds.insert(sought, holds);
        Ok(())
    }

    /// The accounts that these names lead to.
    pub(super) fn find_owners(&self, names: &[Owner]) -> Result<&Owners, MissingEvidence> {
        let missing = || MissingEvidence(SoughtEvidence::Owners(names.to_vec()));
        self.owners.get(names).ok_or_else(missing)
    }

    /// The holds that answer what is sought.
    pub(super) fn find_holds(&self, sought: SoughtEvidence) -> Result<&[Hold], MissingEvidence> {
        let known = self.holds.get(&sought).map(Vec::as_slice);
        known.ok_or(MissingEvidence(sought))
    }
}

async fn read_hold(
    unit: &mut Unit,
    account: &AccountToken,
    id: &HoldId,
) -> Result<Vec<Hold>, StoreError> {
    let name = [(account.clone(), id.clone())];
    let found = unit.read_holds(&name).await?;
    Ok(found.into_iter().map(|(_, hold)| hold).collect())
}
