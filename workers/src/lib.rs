//! holdfast-workers
