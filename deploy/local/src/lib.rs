//! holdfast-local
