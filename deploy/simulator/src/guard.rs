//! Taking a mutex that nobody can leave poisoned.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks; a panic elsewhere while holding the lock does not spread, the counts are still counts.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
