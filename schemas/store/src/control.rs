//! What a program has defined: limits, where may be spent, groups, rules. Read whole and kept in memory;
//! changed one at a time, each change with its actor and a revision of its own.

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
const NOTHING_GIVEN: &str = "{}";

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
        let row: Option<ControlRow> = sqlx::query_as(include_str!("../sql/read_control.sql"))
            .bind(kind)
            .bind(token)
            .fetch_optional(self.pool())
            .await?;
        row.map(read_control_row).transpose()
    }

    /// Puts a definition that has no fields to be shown as given.
    ///
    /// # Errors
    /// As [`Store::put_given_control`].
    pub async fn put_control(
        &self,
        definition: &Definition,
        actor: &str,
        now: Moment,
    ) -> Result<Put, StoreError> {
        let given = (definition, NOTHING_GIVEN);
        self.put_given_control(given, actor, now).await
    }

    /// Puts a definition, with a JSON object of the fields that are shown as they were given. It is in force here
    /// when this returns, and elsewhere when they refresh.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_given_control(
        &self,
        (definition, given): (&Definition, &str),
        actor: &str,
        now: Moment,
    ) -> Result<Put, StoreError> {
        let (revision, is_new): (i64, bool) =
            sqlx::query_as(include_str!("../sql/put_control.sql"))
                .bind(definition.kind())
                .bind(definition.name())
                .bind(json::write("control", definition)?)
                .bind(actor)
                .bind(now.0)
                .bind(given)
                .fetch_one(self.pool())
                .await?;
        self.refresh_controls().await?;
        Ok(Put { is_new, revision })
    }

    /// Deletes a definition: it stays in the history. `false` when there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_control(
        &self,
        kind: &str,
        token: &str,
        actor: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let deleted: Option<i64> = sqlx::query_scalar(include_str!("../sql/delete_control.sql"))
            .bind(kind)
            .bind(token)
            .bind(actor)
            .bind(now.0)
            .fetch_optional(self.pool())
            .await?;
        self.refresh_controls().await?;
        Ok(deleted.is_some())
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
