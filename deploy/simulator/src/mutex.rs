//! Locking a mutex whose poisoning is ignored.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks. A panic of another holder is ignored: counters stay usable.
pub(crate) fn lock_mutex<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
