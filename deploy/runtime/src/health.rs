//! Whether a process is alive, and whether it is ready for traffic.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::StatusCode;

/// The response of `/livez` or `/readyz`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthResponse {
    /// 200 or 503.
    pub status: StatusCode,
    /// One line for a human; for 503 it names what is wrong.
    pub body: String,
}

/// The health of a process. Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Health(Arc<HealthState>);

#[derive(Debug, Default)]
struct HealthState {
    draining: AtomicBool,
    readiness: Mutex<Conditions>,
    liveness: Mutex<Conditions>,
}

/// Name of a condition to what is wrong with it, if anything.
type Conditions = BTreeMap<&'static str, Option<String>>;

impl Health {
    /// A process without conditions: alive and ready.
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares something that readiness depends on, such as `"database"`. It starts unmet.
    pub fn declare_readiness(&self, name: &'static str) -> Condition {
        Condition::declare(Arc::clone(&self.0), name, ConditionKind::Readiness)
    }

    /// Declares something that only a restart can repair. It starts met.
    pub fn declare_liveness(&self, name: &'static str) -> Condition {
        let condition = Condition::declare(Arc::clone(&self.0), name, ConditionKind::Liveness);
        condition.mark_met();
        condition
    }

    /// Turns readiness off permanently: the process is about to stop.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Release);
    }

    /// Whether [`Health::drain`] was called.
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Acquire)
    }

    /// The response of `/livez`: 503 when only a restart can repair it.
    pub fn livez(&self) -> HealthResponse {
        health_response("alive", unmet_reasons(&self.0.liveness))
    }

    /// The response of `/readyz`: 503 while draining or while a condition is unmet.
    pub fn readyz(&self) -> HealthResponse {
        let mut reasons = unmet_reasons(&self.0.readiness);
        if self.is_draining() {
            reasons.insert(0, "draining".to_owned());
        }
        health_response("ready", reasons)
    }
}

/// One named thing that a process depends on.
#[derive(Debug, Clone)]
pub struct Condition {
    state: Arc<HealthState>,
    name: &'static str,
    kind: ConditionKind,
}

#[derive(Debug, Clone, Copy)]
enum ConditionKind {
    Readiness,
    Liveness,
}

impl Condition {
    fn declare(state: Arc<HealthState>, name: &'static str, kind: ConditionKind) -> Self {
        let condition = Self { state, name, kind };
        condition.mark_unmet("not checked yet");
        condition
    }

    /// Marks the condition as met.
    pub fn mark_met(&self) {
        self.set_reason(None);
    }

    /// Marks the condition as unmet; `reason` is shown to operators and must hold no secret.
    pub fn mark_unmet(&self, reason: impl Into<String>) {
        self.set_reason(Some(reason.into()));
    }

    fn set_reason(&self, reason: Option<String>) {
        let conditions = match self.kind {
            ConditionKind::Readiness => &self.state.readiness,
            ConditionKind::Liveness => &self.state.liveness,
        };
        let mut conditions = conditions.lock().unwrap_or_else(PoisonError::into_inner);
        conditions.insert(self.name, reason);
    }
}

fn unmet_reasons(conditions: &Mutex<Conditions>) -> Vec<String> {
    let conditions = conditions.lock().unwrap_or_else(PoisonError::into_inner);
    conditions
        .iter()
        .filter_map(|(name, reason)| reason.as_ref().map(|reason| format!("{name}: {reason}")))
        .collect()
}

fn health_response(fine: &str, reasons: Vec<String>) -> HealthResponse {
    if reasons.is_empty() {
        return HealthResponse {
            status: StatusCode::OK,
            body: format!("{fine}\n"),
        };
    }
    let body = format!("not {fine}: {}\n", reasons.join("; "));
    HealthResponse {
        status: StatusCode::SERVICE_UNAVAILABLE,
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readiness_waits_for_every_condition_and_names_the_unmet_one() {
        let health = Health::new();
        let database = health.declare_readiness("database");
        assert_eq!(
            health.readyz().body,
            "not ready: database: not checked yet\n"
        );
        database.mark_met();
        assert_eq!(health.readyz().status, StatusCode::OK);
        database.mark_unmet("connection refused");
        assert_eq!(health.readyz().status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(health.livez().status, StatusCode::OK);
    }

    #[test]
    fn draining_ends_readiness_but_not_life() {
        let health = Health::new();
        health.drain();
        assert_eq!(health.readyz().body, "not ready: draining\n");
        assert_eq!(health.livez().body, "alive\n");
    }

    #[test]
    fn a_broken_liveness_condition_asks_for_a_restart() {
        let health = Health::new();
        let pool = health.declare_liveness("connections");
        assert_eq!(health.livez().status, StatusCode::OK);
        pool.mark_unmet("3 leaked");
        assert_eq!(health.livez().body, "not alive: connections: 3 leaked\n");
    }
}
