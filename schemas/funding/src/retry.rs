//! Trying a database transaction again after another one was in its way: the pauses and the number of attempts.

use backon::{BackoffBuilder, ConstantBackoff, ConstantBuilder};
use holdfast_store::StoreError;
use std::time::Duration;

/// The pause between two attempts: longer than most transactions take.
const PAUSE: Duration = Duration::from_millis(5);

/// An error that another attempt may not meet again.
pub(crate) trait Conflict {
    /// Was another transaction in the way, or is the outcome of the commit unknown? The next attempt takes the locks
    /// again and finds what was committed.
    fn is_conflict(&self) -> bool;
}

impl Conflict for StoreError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Again(_) | Self::Unknown(_))
    }
}

/// The attempts of one database transaction.
#[derive(Debug)]
pub(crate) struct Attempts {
    is_first: bool,
    pauses: ConstantBackoff,
}

impl Attempts {
    /// At most so many attempts.
    pub(crate) fn up_to(attempts: usize) -> Self {
        let pauses = ConstantBuilder::default()
            .with_delay(PAUSE)
            .with_max_times(attempts.saturating_sub(1));
        Self {
            is_first: true,
            pauses: pauses.build(),
        }
    }

    /// Is this the first attempt?
    pub(crate) fn is_first(&self) -> bool {
        self.is_first
    }

    /// After a failed attempt: is another one of use? Waits before it returns.
    pub(crate) async fn wait_for_another<T, E: Conflict>(&mut self, result: &Result<T, E>) -> bool {
        self.is_first = false;
        if !result.as_ref().is_err_and(Conflict::is_conflict) {
            return false;
        }
        let Some(pause) = self.pauses.next() else {
            return false;
        };
        tokio::time::sleep(pause).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failed(bool);

    impl Conflict for Failed {
        fn is_conflict(&self) -> bool {
            self.0
        }
    }

    async fn count_attempts(result: Result<(), Failed>) -> usize {
        let mut attempts = Attempts::up_to(4);
        let mut made = 1;
        assert!(attempts.is_first());
        while attempts.wait_for_another(&result).await {
            assert!(!attempts.is_first());
            made += 1;
        }
        made
    }

    #[tokio::test(start_paused = true)]
    async fn only_a_conflict_is_tried_again_and_not_for_ever() {
        assert_eq!(count_attempts(Err(Failed(true))).await, 4);
        assert_eq!(count_attempts(Err(Failed(false))).await, 1);
        assert_eq!(count_attempts(Ok(())).await, 1);
    }
}
