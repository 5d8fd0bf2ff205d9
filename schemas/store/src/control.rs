//! What a program has defined: limits, where may be spent, groups, rules. Read whole and kept in memory;
//! changed one at a time, each change with its actor and a revision of its own.

mod change;

use crate::program::ProgramSettings;
use crate::{Store, StoreError, json};
use arc_swap::ArcSwap;
use holdfast_ledger::control::{ControlSet, Definition};
use holdfast_ledger::time::Moment;
use std::sync::Arc;
use std::time::Duration;

/// How often changes that others have made are looked for; they promise two seconds.
const PERIOD: Duration = Duration::from_millis(500);

/// The controls in force in this process. Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Controls(Arc<ArcSwap<ControlSet>>);

impl Controls {
    /// The controls in force.
    #[must_use]
    pub fn current(&self) -> Arc<ControlSet> {
        self.0.load_full()
    }

    /// Takes a newer set; what was read before a change and arrives after it is ignored.
    fn put_in_force(&self, set: ControlSet) {
        let learned = Arc::new(set);
        self.0.rcu(|known| {
            if known.version <= learned.version {
                Arc::clone(&learned)
            } else {
                Arc::clone(known)
            }
        });
    }
}

/// A definition as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredControl {
    /// What is defined.
    pub definition: Definition,
    /// Fields that are shown as they were given: a JSON object, whose content nothing here depends on.
    pub given: String,
    /// The program's count of changes at its last one.
    pub revision: i64,
    /// When it was first put.
    pub created: Moment,
    /// When it was changed last.
    pub changed: Moment,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    /// It did not exist, or had been deleted.
    pub is_new: bool,
    /// The program's count of changes now.
    pub revision: i64,
}

/// What a definition without fields to be shown as given stores of them.
pub const NOTHING_GIVEN: &str = "{}";

type ControlRow = (
    String,
    String,
    i64,
    time::OffsetDateTime,
    time::OffsetDateTime,
);

impl Store {
    /// Reads the controls, if they have changed since they were read last, and puts them in force here.
    ///
    /// # Errors
    /// [`StoreError`]; those that are known stay in force then.
    pub async fn refresh_controls(&self) -> Result<(), StoreError> {
        let (revision, settings): (i64, String) =
            sqlx::query_as(include_str!("../sql/controls_revision.sql"))
                .fetch_one(self.pool())
                .await?;
        let settings: ProgramSettings = json::parse("program settings", &settings)?;
        let zone = settings.time_zone.zone();
        let known = self.controls().current();
        if known.version == revision && known.zone == zone {
            return Ok(());
        }
        // Read after the revision: what has changed meanwhile is in force a little earlier than its revision.
        let all = self.controls_of(None).await?;
        let definitions = all.into_iter().map(|stored| stored.definition).collect();
        self.controls()
            .put_in_force(ControlSet::new(revision, zone, definitions));
        Ok(())
    }

    /// Puts in force here what other processes change, until `stop`. While the database does not respond,
    /// what is known stays in force.
    pub async fn follow_controls(self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(PERIOD) => {}
            }
            if let Err(error) = self.refresh_controls().await {
                tracing::debug!(%error, "Cannot read the controls, keeping those known");
            }
        }
    }

    /// All definitions of a kind (`velocity`, `mcc_group`, …), or of every kind, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn controls_of(&self, kind: Option<&str>) -> Result<Vec<StoredControl>, StoreError> {
        let rows: Vec<ControlRow> = sqlx::query_as(include_str!("../sql/list_controls.sql"))
            .bind(kind)
            .fetch_all(self.pool())
            .await?;
        rows.into_iter().map(read_control_row).collect()
    }

    /// One definition by its kind and name; `None` also when it was deleted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn control(
        &self,
        kind: &str,
        token: &str,
    ) -> Result<Option<StoredControl>, StoreError> {
        change::find_control(self.pool(), kind, token).await
    }

    /// [`Unit::put_control`](crate::unit::Unit::put_control) of a definition that has no fields to be shown as
    /// given, without a record of who did it: for tests and tools. It is in force here when this returns.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_control(
        &self,
        definition: &Definition,
        actor: &str,
        now: Moment,
    ) -> Result<Put, StoreError> {
        let mut unit = self.begin().await?;
        let given = (definition, NOTHING_GIVEN);
        let put = unit.put_control(given, actor, now).await?;
        unit.commit().await?;
        self.refresh_controls().await?;
        Ok(put)
    }
}

fn read_control_row(
    (body, given, revision, created, changed): ControlRow,
) -> Result<StoredControl, StoreError> {
    Ok(StoredControl {
        definition: json::parse("control", &body)?,
        given,
        revision,
        created: json::moment(created),
        changed: json::moment(changed),
    })
}
