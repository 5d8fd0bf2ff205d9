//! Why a demo session failed.

use crate::ApiError;
use holdfast_simulator::SimulatorError;
use holdfast_store::StoreError;
use holdfast_workers::WorkersError;

/// Why a demo session failed, one sentence for the user each.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Reading the database failed.
    #[error("reading the database failed: {0}")]
    Store(#[from] StoreError),
    /// The topics could not be followed.
    #[error(transparent)]
    Workers(#[from] WorkersError),
    /// The private API rejected a call, or did not respond.
    #[error("setting up the demo accounts failed: {0}")]
    Api(#[from] ApiError),
    /// The simulated traffic failed.
    #[error("playing the simulated traffic failed: {0}")]
    Traffic(#[from] SimulatorError),
    /// A task of ours ended abnormally.
    #[error("{0} ended abnormally: please report this")]
    Broken(&'static str),
    /// Ctrl-C before everything had started, or twice.
    #[error("interrupted before the end: nothing was checked")]
    Interrupted,
}
